package tranche.drivers.hook;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import tranche.engine.fanout.Hooks;

/// One hook, ready to be called.
///
/// @param name for messages
/// @param events when it is called
/// @param action what is called
/// @param limit how long one call may take
public record Hook(String name, Set<Hooks.Event> events, HookAction action, Duration limit) {
  public Hook {
    Objects.requireNonNull(name);
    events = Set.copyOf(events);
    Objects.requireNonNull(action);
    Objects.requireNonNull(limit);
  }
}
