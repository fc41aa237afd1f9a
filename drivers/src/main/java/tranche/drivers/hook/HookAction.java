package tranche.drivers.hook;

import java.time.Duration;
import tranche.engine.fanout.Hooks;

/// What a hook does when it is called.
@FunctionalInterface
public interface HookAction {
  /// Does it, and comes back within the limit.
  ///
  /// @throws HookFailure if it says no, breaks or takes too long
  /// @throws InterruptedException if the caller is to stop; what was started is ended
  void call(Hooks.Context context, Duration limit) throws HookFailure, InterruptedException;
}
