package tranche.config.hook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tranche.core.secret.Secret;

/// One hook.
///
/// @param name how it is called in messages
/// @param events the words of the events at which it is called
/// @param action what is called
/// @param limit how long one call may take
public record HookConfig(String name, Set<String> events, Action action, Duration limit) {
  public HookConfig {
    Objects.requireNonNull(name);
    events = Set.copyOf(events);
    Objects.requireNonNull(action);
    Objects.requireNonNull(limit);
  }

  /// What a hook does.
  public sealed interface Action {
    /// Starts a program; no shell is involved.
    ///
    /// @param arguments the program and its arguments
    /// @param environment variables that it gets besides the event's
    record Command(List<String> arguments, Map<String, String> environment) implements Action {
      public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
      }

      // The variables may hold what `inherit` took from the environment.
      @Override
      public String toString() {
        return "Command[" + String.join(" ", arguments) + "]";
      }
    }

    /// Posts the event as JSON.
    ///
    /// @param token sent as a bearer token, if there is one
    record Http(URI url, Map<String, String> headers, Optional<Secret> token) implements Action {
      public Http {
        Objects.requireNonNull(url);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(token);
      }
    }

    /// Runs a statement in the store, in a transaction of its own.
    record Sql(String statement) implements Action {
      public Sql {
        Objects.requireNonNull(statement);
      }
    }
  }
}
