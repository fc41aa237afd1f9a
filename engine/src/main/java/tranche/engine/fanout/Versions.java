package tranche.engine.fanout;

import java.util.List;
import tranche.core.fanout.StoreNeed;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.StoreHistory;
import tranche.core.release.SchemaVersion;

/// The version that a store is at, as far as others wait for it.
final class Versions {
  private Versions() {}

  static SchemaVersion of(StoreHistory history) {
    return newest(history.applied().stream().map(AppliedMigration::key).toList());
  }

  /// Where a store is that needed this and ran that much of it.
  static SchemaVersion after(StoreNeed need, List<MigrationKey> ran) {
    return switch (need) {
      case StoreNeed.Migrations(var before, _, _) -> higher(of(before), newest(ran));
      case StoreNeed.UpToDate(var version, _) -> version;
      // Undone in part: nothing above NONE is certain.
      case StoreNeed.Undoing _, StoreNeed.Refused _, StoreNeed.NotThere _, StoreNeed.Unreadable _ ->
          SchemaVersion.NONE;
    };
  }

  /// Where a store is that needed this and got it.
  static SchemaVersion reached(StoreNeed need, List<MigrationKey> ran) {
    return need instanceof StoreNeed.Migrations(_, _, var reaches) ? reaches : after(need, ran);
  }

  private static SchemaVersion newest(List<MigrationKey> keys) {
    SchemaVersion newest = SchemaVersion.NONE;
    for (MigrationKey key : keys) {
      if (key instanceof MigrationKey.Version(SchemaVersion version)) {
        newest = higher(newest, version);
      }
    }
    return newest;
  }

  private static SchemaVersion higher(SchemaVersion one, SchemaVersion other) {
    return one.isAfter(other) ? one : other;
  }
}
