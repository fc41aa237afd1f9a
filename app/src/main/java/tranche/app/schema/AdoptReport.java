package tranche.app.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tranche.api.schema.SchemaAdoptJson;
import tranche.api.schema.SchemaAdoptJson.Group;
import tranche.app.schema.Adopted.Result;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.release.SchemaVersion;

/// Groups stores by what adopting them came to.
final class AdoptReport {
  private static final int EXAMPLES = 3;
  private static final int NOTES = 10;

  private AdoptReport() {}

  private record Kind(
      String outcome, Optional<String> tool, Optional<String> version, List<String> reasons) {}

  static SchemaAdoptJson json(List<Adopted> stores, Adopting.Mode mode) {
    Map<Kind, List<String>> groups = new LinkedHashMap<>();
    TreeSet<String> notes = new TreeSet<>();
    for (Adopted adopted : stores) {
      groups
          .computeIfAbsent(kind(adopted.result()), _ -> new ArrayList<>())
          .add(adopted.store().label());
      if (adopted.result() instanceof Result.Takable(_, var adopt, _, _)) {
        notes.addAll(adopt.notes());
      }
    }
    List<Group> sorted =
        groups.entrySet().stream()
            .map(e ->
                new Group(
                    e.getKey().outcome(),
                    e.getKey().tool(),
                    e.getKey().version(),
                    e.getKey().reasons(),
                    e.getValue().size(),
                    e.getValue().stream().limit(EXAMPLES).toList()))
            .sorted(Comparator.comparingLong(Group::stores).reversed())
            .toList();
    return new SchemaAdoptJson(
        mode == Adopting.Mode.LOOK, stores.size(), sorted, notes.stream().limit(NOTES).toList());
  }

  private static Kind kind(Result result) {
    return switch (result) {
      case Result.Takable(String tool, var adopt, _, _) ->
          new Kind("adopted", Optional.of(tool), Optional.of(version(adopt.applied())), List.of());
      case Result.Already(String kind, Optional<String> version) ->
          new Kind("already", Optional.of(kind), version, List.of());
      case Result.Empty _ -> new Kind("empty", Optional.empty(), Optional.empty(), List.of());
      case Result.Missing _ -> new Kind("missing", Optional.empty(), Optional.empty(), List.of());
      case Result.Refused(Optional<String> tool, List<String> reasons) ->
          new Kind("refused", tool, Optional.empty(), reasons);
    };
  }

  private static String version(List<AppliedMigration> applied) {
    return applied.stream()
        .flatMap(a ->
            a.key() instanceof MigrationKey.Version(SchemaVersion version)
                ? java.util.stream.Stream.of(version)
                : java.util.stream.Stream.empty())
        .max(Comparator.naturalOrder())
        .map(SchemaVersion::value)
        .orElse("0");
  }
}
