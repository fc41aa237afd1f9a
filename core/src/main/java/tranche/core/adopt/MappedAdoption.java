package tranche.core.adopt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.HistoryKind;
import tranche.core.release.SchemaVersion;

/// Histories whose names are not versions of the folder by themselves: somebody has to state what
/// they mean.
final class MappedAdoption {
  private MappedAdoption() {}

  /// Alembic names the one revision that the store is at.
  static AdoptionDecision alembic(
      FolderIndex folder, ForeignHistory.Alembic history, AdoptionRules rules) {
    if (history.revisions().isEmpty()) {
      return new AdoptionDecision.Adopt(HistoryKind.ALEMBIC, List.of(), List.of());
    }
    if (history.revisions().size() > 1) {
      return refuse(
          "it is at several revisions at once ("
              + String.join(", ", history.revisions())
              + "): merge the branches first (alembic merge)");
    }
    String revision = history.revisions().getFirst();
    Optional<SchemaVersion> version = Optional.ofNullable(rules.stated().get(revision));
    if (version.isEmpty()) {
      return refuse(
          "nobody has stated which version revision "
              + revision
              + " is (--map '"
              + revision
              + "=VERSION')");
    }
    return upTo(folder, HistoryKind.ALEMBIC, version.get());
  }

  /// Django names every migration of every app. The highest stated version counts; names that
  /// nobody stated do not matter as long as one is.
  static AdoptionDecision django(
      FolderIndex folder, ForeignHistory.Django history, AdoptionRules rules) {
    Optional<SchemaVersion> highest =
        history.migrations().stream()
            .flatMap(m -> Optional.ofNullable(rules.stated().get(m)).stream())
            .max(Comparator.naturalOrder());
    if (highest.isPresent()) {
      return upTo(folder, HistoryKind.DJANGO, highest.get());
    }
    if (history.migrations().isEmpty()) {
      return new AdoptionDecision.Adopt(HistoryKind.DJANGO, List.of(), List.of());
    }
    String last = history.migrations().getLast();
    return refuse(
        "nobody has stated which version one of its "
            + history.migrations().size()
            + " migrations is (--map '"
            + last
            + "=VERSION')");
  }

  private static AdoptionDecision upTo(
      FolderIndex folder, HistoryKind kind, SchemaVersion version) {
    boolean isNothing = version.equals(SchemaVersion.NONE);
    if (!isNothing && folder.version(version).isEmpty()) {
      return refuse("version " + version + " was stated for it and is not in the folder");
    }
    List<String> notes = new ArrayList<>();
    if (kind == HistoryKind.DJANGO) {
      notes.add("django_migrations is only read: go on migrating Django's own apps with Django");
    }
    return new AdoptionDecision.Adopt(kind, folder.upTo(version), notes);
  }

  private static AdoptionDecision refuse(String reason) {
    return new AdoptionDecision.Refuse(List.of(reason));
  }
}
