package tranche.app.schema;

import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;
import tranche.core.fanout.NeedProblem;
import tranche.core.fanout.StoreNeed;
import tranche.core.fanout.StoreReading;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.problem.Problem;
import tranche.core.release.SchemaVersion;

/// The state of a store in a word, and what there is to say about it. Stores in equal states are
/// one group.
///
/// @param word as in [tranche.api.schema.StoreGroupJson]
/// @param version of the store
/// @param lacking what it lacks
/// @param problem why it is not as it should be
public record StoreState(
    String word, Optional<String> version, List<String> lacking, Optional<Problem> problem) {
  private static final int NAMED = 10;

  public StoreState {
    lacking = List.copyOf(lacking);
  }

  /// What was found, and what follows from it if there is a folder to compare with.
  static StoreState of(StoreReading reading, Optional<StoreNeed> need) {
    return switch (reading) {
      case StoreReading.NotThere _ -> bare("not-there");
      case StoreReading.Unreadable(Problem problem) ->
          new StoreState("unreadable", Optional.empty(), List.of(), Optional.of(problem));
      case StoreReading.Unmanaged(var others, var isEmpty) when others.isEmpty() && isEmpty ->
          new StoreState("empty", Optional.empty(), lacking(need), Optional.empty());
      case StoreReading.Unmanaged(var others, _) ->
          new StoreState(
              "not-adopted",
              Optional.empty(),
              List.of(),
              Optional.of(new NeedProblem.NotAdopted(others)));
      case StoreReading.Managed(StoreHistory history, Optional<String> failure) ->
          managed(history, failure, need);
    };
  }

  private static StoreState bare(String word) {
    return new StoreState(word, Optional.empty(), List.of(), Optional.empty());
  }

  private static StoreState managed(
      StoreHistory history, Optional<String> failure, Optional<StoreNeed> need) {
    Optional<String> version = version(history);
    List<String> lacking = lacking(need);
    if (need.orElse(null) instanceof StoreNeed.Refused(NeedProblem problem)) {
      return new StoreState("refused", version, List.of(), Optional.of(problem));
    }
    if (failure.isPresent()) {
      return new StoreState(
          "failed", version, lacking, Optional.of(new SchemaProblem.LastRunFailed(failure.get())));
    }
    String word =
        history.halfway().isPresent()
            ? "halfway"
            : lacking.isEmpty() ? "current" : version.isEmpty() ? "empty" : "behind";
    return new StoreState(word, version, lacking, Optional.empty());
  }

  private static List<String> lacking(Optional<StoreNeed> need) {
    return need.orElse(null) instanceof StoreNeed.Migrations(_, var migrations, _)
        ? migrations.stream().map(m -> m.key().toString()).toList()
        : List.of();
  }

  /// The newest version of a history.
  public static Optional<String> version(StoreHistory history) {
    return history.applied().stream()
        .map(AppliedMigration::key)
        .filter(MigrationKey.Version.class::isInstance)
        .map(key -> ((MigrationKey.Version) key).version())
        .max(java.util.Comparator.naturalOrder())
        .map(SchemaVersion::toString);
  }

  List<String> named() {
    return lacking.stream().limit(NAMED).toList();
  }

  Optional<RecordedJson> recorded() {
    return problem.map(RecordedJson::of);
  }

  /// Whether the store is where it should be.
  boolean isFine() {
    return word.equals("current");
  }

  /// Whether somebody has to look at it: applying again would not help, or failed before.
  boolean isTrouble() {
    return switch (word) {
      case "failed", "refused", "unreadable", "not-there", "not-adopted" -> true;
      default -> false;
    };
  }
}
