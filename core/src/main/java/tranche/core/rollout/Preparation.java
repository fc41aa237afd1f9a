package tranche.core.rollout;

import java.util.ArrayList;
import java.util.List;
import tranche.core.fleet.StoreId;

/// What a store needs before a tenant in it may move: the work before the migrations, then the
/// expand and backfill migrations in the order of their versions.
public record Preparation(List<Work> before, List<MigrationRef> migrations) {
  /// Work on a store before its migrations.
  public enum Work {
    /// Create the schema or database and the application role.
    PROVISION,
    /// Run the release's read-only checks of the data.
    PREFLIGHT,
    /// Back up the tables that the release touches.
    BACKUP
  }

  public Preparation {
    before = List.copyOf(before);
    migrations = List.copyOf(migrations);
  }

  /// The steps, each needing the one before.
  public List<Step> steps(StoreId store) {
    List<Step> steps = new ArrayList<>();
    for (Work work : before) {
      steps.add(
          switch (work) {
            case PROVISION -> new Step.Provision(store);
            case PREFLIGHT -> new Step.Preflight(store);
            case BACKUP -> new Step.Backup(store);
          });
    }
    migrations.forEach(m -> steps.add(new Step.Migrate(store, m.version(), m.phase())));
    return steps;
  }
}
