package tranche.api.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// How a run over many stores ended.
///
/// @param verb `apply` or `revert`
/// @param run its id
/// @param ended `done`, `failed`, `stopped`, `interrupted`, `timed-out`
/// @param why why it ended before the last store
/// @param stores how many it was about
/// @param done stores that are where they should be because of this run
/// @param unchanged stores that were there before
/// @param failed stores that failed
/// @param waiting stores that it did not come to
/// @param ran how often each migration ran, in the order of the folder
/// @param failures the failed ones by cause, the largest group first
/// @param still stores that were left as they are, by reason
public record SchemaRunJson(
    String verb,
    String run,
    String ended,
    Optional<RecordedJson> why,
    long stores,
    long done,
    long unchanged,
    long failed,
    long waiting,
    Duration took,
    List<RanJson> ran,
    List<FailureJson> failures,
    List<StoreGroupJson> still,
    LeftOutStoresJson leftOut) {
  public SchemaRunJson {
    ran = List.copyOf(ran);
    failures = List.copyOf(failures);
    still = List.copyOf(still);
  }

  /// A migration and on how many stores it ran.
  public record RanJson(String key, long stores) {}

  /// Stores that failed of one cause.
  ///
  /// @param problem of the first of them
  /// @param at the migration that failed, if all failed at the same one
  /// @param examples a few of them
  public record FailureJson(
      RecordedJson problem, Optional<String> at, long stores, List<String> examples) {
    public FailureJson {
      examples = List.copyOf(examples);
    }
  }
}
