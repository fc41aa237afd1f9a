package tranche.api.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;

/// How a run over many stores ended.
///
/// @param verb `apply` or `revert`
/// @param run its id
/// @param ended `complete`, `budget-spent`, `stopped`, `timed-out`
/// @param stores how many it was about
/// @param done stores that it changed to the end
/// @param unchanged stores that had nothing to do
/// @param failed stores that failed or were refused
/// @param blocked stores that were not begun, because something that they need is not there
/// @param interrupted stores that were cancelled after a stop
/// @param waiting stores that it did not come to
/// @param late stores of these that came into being while it ran
/// @param perSecond stores that were changed per second
/// @param ran on how many stores each migration ran, in the order in which they first did
/// @param failures the failed ones by cause, the largest group first
/// @param skipped what nothing was done to, by reason
/// @param remarks what else went wrong
public record SchemaRunJson(
    String verb,
    String run,
    String ended,
    long stores,
    long done,
    long unchanged,
    long failed,
    long blocked,
    long interrupted,
    long waiting,
    long late,
    Duration took,
    double perSecond,
    List<RanJson> ran,
    List<FailureJson> failures,
    List<SkippedJson> skipped,
    List<RecordedJson> remarks,
    List<RehearsalJson> rehearsals,
    List<ReferenceJson> references) {
  public SchemaRunJson {
    ran = List.copyOf(ran);
    failures = List.copyOf(failures);
    skipped = List.copyOf(skipped);
    remarks = List.copyOf(remarks);
    rehearsals = List.copyOf(rehearsals);
    references = List.copyOf(references);
  }

  /// A migration and on how many stores it ran.
  public record RanJson(String key, long stores) {}

  /// Stores that failed of one cause.
  ///
  /// @param problem of the first of them
  /// @param at the migration that failed on the first of them
  /// @param examples a few of them
  public record FailureJson(
      RecordedJson problem, Optional<String> at, long stores, List<String> examples) {
    public FailureJson {
      examples = List.copyOf(examples);
    }
  }

  /// Stores or tenants that nothing was done to.
  public record SkippedJson(String reason, long count, List<String> examples) {
    public SkippedJson {
      examples = List.copyOf(examples);
    }
  }
}
