package tranche.engine.fanout;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;

/// What is called around a run, its stores and their migrations. Hooks for one store are called
/// from the thread that changes it, several stores at once; each call has a time limit of its own,
/// which the implementation keeps.
public interface Hooks {
  /// None.
  Hooks NONE =
      new Hooks() {
        @Override
        public boolean wants(Event event) {
          return false;
        }

        @Override
        public Result call(Context context) {
          return new Result.Proceed();
        }
      };

  /// Whether there is a hook for the event. Asked before [#call(Context)], so that runs without
  /// hooks pay nothing.
  boolean wants(Event event);

  /// Calls the hooks of the event, one after the other, until one fails. Never throws for a hook
  /// that fails.
  Result call(Context context);

  /// When a hook is called.
  enum Event {
    /// Before the first store, if there is anything to do. Failing ends the run.
    BEFORE_RUN("before_run"),
    /// After the last store, if BEFORE_RUN was due, also when stores failed. Failing is reported.
    AFTER_RUN("after_run"),
    /// Before a store is changed. Failing fails the store before anything was done to it.
    BEFORE_STORE("before_store"),
    /// After a store was changed to the end. Failing is reported; what was done stays.
    AFTER_STORE("after_store"),
    /// After a store failed. Failing is reported.
    ON_ERROR("on_error"),
    /// Before a migration, outside of its transaction. Failing fails the store before it.
    BEFORE_MIGRATION("before_migration"),
    /// After a migration was committed. Failing fails the store behind it.
    AFTER_MIGRATION("after_migration");

    private final String word;

    Event(String word) {
      this.word = word;
    }

    /// The word used in configuration and handed to hooks.
    public String word() {
      return word;
    }
  }

  /// What a hook is told.
  ///
  /// @param store absent for the run's own events
  /// @param details by name: `migration`, `tenant`, `problem`, `what`, `done`, `failed`, ...
  record Context(Event event, RunId run, Optional<StoreId> store, Map<String, String> details) {
    public Context {
      Objects.requireNonNull(event);
      Objects.requireNonNull(run);
      Objects.requireNonNull(store);
      details = Map.copyOf(details);
    }

    /// All of it by name, as a command finds it in its environment and an HTTP hook in its body:
    /// `event`, `run`, `database`, `schema` and the details.
    public Map<String, String> values() {
      Map<String, String> values = new TreeMap<>(details);
      values.put("event", event.word());
      values.put("run", run.value());
      store.ifPresent(s -> {
        values.put("database", s.database().value());
        values.put("schema", s.schema());
      });
      return Map.copyOf(values);
    }
  }

  /// What a hook said.
  sealed interface Result {
    /// Go on.
    record Proceed() implements Result {}

    /// It failed, took too long or said no.
    record Fail(Problem problem) implements Result {
      public Fail {
        Objects.requireNonNull(problem);
      }
    }
  }
}
