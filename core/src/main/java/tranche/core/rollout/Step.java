package tranche.core.rollout;

import java.time.Duration;
import java.util.List;
import tranche.core.fleet.CellId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.judge.Criteria;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

/// The smallest journaled effect, as data. Performing a step twice has the effect of performing it
/// once; that is the contract of every performer (I3).
public sealed interface Step {
  /// What sort of step it is.
  StepKind kind();

  /// What it acts on, in the form used in its id.
  String subject();

  /// Its identity within the rollout.
  default StepId id() {
    return new StepId(kind().word() + "/" + subject());
  }

  /// Creates the store and what the application needs to use it.
  record Provision(StoreId store) implements Step {
    @Override
    public StepKind kind() {
      return StepKind.PROVISION;
    }

    @Override
    public String subject() {
      return store.toString();
    }
  }

  /// Checks the store's data, read-only.
  record Preflight(StoreId store) implements Step {
    @Override
    public StepKind kind() {
      return StepKind.PREFLIGHT;
    }

    @Override
    public String subject() {
      return store.toString();
    }
  }

  /// Backs up what the release touches in the store.
  record Backup(StoreId store) implements Step {
    @Override
    public StepKind kind() {
      return StepKind.BACKUP;
    }

    @Override
    public String subject() {
      return store.toString();
    }
  }

  /// Runs one migration on one store.
  record Migrate(StoreId store, SchemaVersion version, SchemaPhase phase) implements Step {
    @Override
    public StepKind kind() {
      return switch (phase) {
        case EXPAND -> StepKind.EXPAND;
        case BACKFILL -> StepKind.BACKFILL;
        case CONTRACT -> StepKind.CONTRACT;
      };
    }

    @Override
    public String subject() {
      return store + "/" + version;
    }
  }

  /// Makes sure that the backfill has nothing left to do, before the old shape goes.
  record CheckBackfill(StoreId store, SchemaVersion version) implements Step {
    @Override
    public StepKind kind() {
      return StepKind.CHECK_BACKFILL;
    }

    @Override
    public String subject() {
      return store + "/" + version;
    }
  }

  /// Starts the instances of a release in a cell and waits until they are ready.
  record Deploy(CellId cell, ReleaseId release, String occasion) implements Step {
    @Override
    public StepKind kind() {
      return StepKind.DEPLOY;
    }

    @Override
    public String subject() {
      return cell + "@" + release + occasion;
    }
  }

  /// Drains and stops the instances of a release in a cell.
  record Retire(CellId cell, ReleaseId release, String occasion) implements Step {
    @Override
    public StepKind kind() {
      return StepKind.RETIRE;
    }

    @Override
    public String subject() {
      return cell + "@" + release + occasion;
    }
  }

  /// Runs the verification suites for some tenants: before traffic moves through the preview route,
  /// after it through the front door.
  record Verify(StepKind kind, String batch, ReleaseId release, List<TenantId> tenants)
      implements Step {
    public Verify {
      tenants = List.copyOf(tenants);
    }

    @Override
    public String subject() {
      return batch;
    }
  }

  /// Sets the candidate's weight for the tenants of a batch; the rest stays with each one's
  /// baseline.
  record Shift(BatchId batch, int weight, List<Move> moves) implements Step {
    public Shift {
      moves = List.copyOf(moves);
    }

    @Override
    public StepKind kind() {
      return StepKind.SHIFT;
    }

    @Override
    public String subject() {
      return batch + "/" + weight;
    }
  }

  /// Names a bake: of a batch, at a weight, for the n-th time from 1.
  record BakeAt(BatchId batch, int weight, int round) {
    @Override
    public String toString() {
      return batch + "/" + weight + "/" + round;
    }
  }

  /// Notes the traffic counters; nothing changes for `time` from then on.
  record Bake(BakeAt at, Duration time, List<TenantId> tenants) implements Step {
    public Bake {
      tenants = List.copyOf(tenants);
    }

    @Override
    public StepKind kind() {
      return StepKind.BAKE;
    }

    @Override
    public String subject() {
      return at.toString();
    }
  }

  /// Judges the traffic since a bake began. `look` counts the looks at that bake, from 1.
  record Look(BakeAt at, int look, Criteria criteria, TrafficMark since, List<TenantId> tenants)
      implements Step {
    public Look {
      tenants = List.copyOf(tenants);
    }

    @Override
    public StepKind kind() {
      return StepKind.JUDGE;
    }

    @Override
    public String subject() {
      return at + "/" + look;
    }
  }

  /// Compares what is observed with what was intended and writes the ledger (I9).
  record Settle(BatchId batch, ReleaseId release, List<Move> moves) implements Step {
    public Settle {
      moves = List.copyOf(moves);
    }

    @Override
    public StepKind kind() {
      return StepKind.SETTLE;
    }

    @Override
    public String subject() {
      return batch.toString();
    }
  }

  /// Gives tenants back to the arm they came from. `occasion` names the revert or failed batch.
  record Return(String occasion, List<Move> moves) implements Step {
    public Return {
      moves = List.copyOf(moves);
    }

    @Override
    public StepKind kind() {
      return StepKind.RETURN;
    }

    @Override
    public String subject() {
      return occasion;
    }
  }

  /// Writes the ledger of tenants that were given back.
  record SettleReturned(String occasion, List<Move> moves) implements Step {
    public SettleReturned {
      moves = List.copyOf(moves);
    }

    @Override
    public StepKind kind() {
      return StepKind.SETTLE_RETURNED;
    }

    @Override
    public String subject() {
      return occasion;
    }
  }
}
