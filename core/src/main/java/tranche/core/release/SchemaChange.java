package tranche.core.release;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What a release asks of a store: which versions its code reads, the version it ends at, and how
/// to get there.
///
/// `touches` names the tables that are backed up before a store is changed.
public record SchemaChange(
    SchemaRange reads,
    SchemaVersion target,
    List<Migration> migrations,
    List<PreflightCheck> preflight,
    List<String> touches) {
  public SchemaChange {
    Objects.requireNonNull(reads);
    Objects.requireNonNull(target);
    migrations = migrations.stream().sorted(Comparator.comparing(Migration::version)).toList();
    preflight = List.copyOf(preflight);
    touches = List.copyOf(touches);
  }

  /// The migrations that a store at `current` still needs, in order.
  public List<Migration> pendingAfter(SchemaVersion current) {
    return migrations.stream()
        .filter(m -> m.version().isAfter(current) && !m.version().isAfter(target))
        .toList();
  }
}
