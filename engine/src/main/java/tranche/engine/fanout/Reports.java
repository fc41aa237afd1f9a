package tranche.engine.fanout;

import tranche.engine.fanout.Targets.Target;

/// Counts an event and hands it to the listener: one at a time, each store once.
final class Reports {
  private final Tally tally;
  private final FanoutListener listener;

  Reports(Tally tally, FanoutListener listener) {
    this.tally = tally;
    this.listener = listener;
  }

  void ended(Target target, StoreEnd end) {
    tally.ended(target, end);
    tell(target, end);
  }

  void endedMoving(Target target, StoreEnd end) {
    tally.endedMoving(target, end);
    tell(target, end);
  }

  private synchronized void tell(Target target, StoreEnd end) {
    listener.ended(target.store(), end);
  }

  synchronized void planned(FanoutPlan plan) {
    listener.planned(plan);
  }

  synchronized void progress(Snapshot snapshot) {
    listener.progress(snapshot);
  }
}
