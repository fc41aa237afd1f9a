package tranche.engine.fanout;

import tranche.core.fleet.StoreId;

/// Is told how a run goes. Calls come from several threads, never two at once; they hold the run
/// up, so they are short; only [#planned(FanoutPlan)] may take its time.
public interface FanoutListener {
  /// Every store was read and nothing has begun yet; again in each round of late joiners. What it
  /// throws ends the run before a store of the round is changed.
  void planned(FanoutPlan plan);

  /// Where the run is, some times per second at most.
  void progress(Snapshot snapshot);

  /// How it ended for one store; once for each.
  void ended(StoreId store, StoreEnd end);
}
