package tranche.core.fanout;

import java.util.Collection;
import java.util.Set;
import tranche.core.fleet.StoreId;
import tranche.core.migration.Finding;

/// Who could be hurt by a migration that is unsafe for a running release. Only where somebody could
/// is it an error; elsewhere it is a warning, so that old scripts keep no new tenant out.
public sealed interface Exposure {
  /// Stores that may be in use, and it runs nowhere in their set yet.
  record InUse() implements Exposure {}

  /// Other stores of the run have it already, so it is in production, and who comes late has to get
  /// what the others have.
  ///
  /// @param stores how many have it
  record RunsAlready(int stores) implements Exposure {
    public RunsAlready {
      if (stores < 1) {
        throw new IllegalArgumentException("it runs nowhere");
      }
    }

    @Override
    public String toString() {
      return stores == 1 ? "already runs in 1 store" : "already runs in " + stores + " stores";
    }
  }

  /// All stores that need it have neither a history nor tables: nobody uses them.
  ///
  /// @param stores how many need it
  record OnlyEmpty(int stores) implements Exposure {
    public OnlyEmpty {
      if (stores < 1) {
        throw new IllegalArgumentException("nobody needs it");
      }
    }

    @Override
    public String toString() {
      return stores == 1 ? "this store is empty" : "these stores are empty";
    }
  }

  /// Whether an error is a warning only: it hurts those who use a store, and nobody does, or all of
  /// them live with it already.
  default boolean eases(Finding finding) {
    return switch (this) {
      case InUse _ -> false;
      case RunsAlready _, OnlyEmpty _ -> finding.reach() == Finding.Reach.STORE;
    };
  }

  /// Who could be hurt.
  ///
  /// @param has how many stores of the set have run exactly this migration
  /// @param needing the stores that need it
  /// @param empty those of which it is known that they have neither a history nor tables
  static Exposure of(int has, Collection<StoreId> needing, Set<StoreId> empty) {
    if (has > 0) {
      return new RunsAlready(has);
    }
    return !needing.isEmpty() && empty.containsAll(needing)
        ? new OnlyEmpty(needing.size())
        : new InUse();
  }
}
