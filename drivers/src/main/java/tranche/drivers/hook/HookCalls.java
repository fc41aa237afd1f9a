package tranche.drivers.hook;

import java.util.List;
import tranche.engine.fanout.Hooks;

/// Calls configured hooks, in their order.
public final class HookCalls implements Hooks {
  private final List<Hook> hooks;

  /// Of those hooks.
  public HookCalls(List<Hook> hooks) {
    this.hooks = List.copyOf(hooks);
  }

  @Override
  public boolean wants(Event event) {
    return hooks.stream().anyMatch(h -> h.events().contains(event));
  }

  @Override
  public Result call(Context context) {
    for (Hook hook : hooks) {
      if (hook.events().contains(context.event())) {
        try {
          hook.action().call(context, hook.limit());
        } catch (HookFailure e) {
          return failed(hook, context, String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return failed(hook, context, "the run was stopped meanwhile");
        }
      }
    }
    return new Result.Proceed();
  }

  private static Result failed(Hook hook, Context context, String message) {
    return new Result.Fail(
        new HookProblem.HookFailed(hook.name(), context.event().word(), message));
  }
}
