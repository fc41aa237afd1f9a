package tranche.sql.parse;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tranche.sql.wasm.Limits;
import tranche.sql.wasm.Trap;

/// Keeps a copy of the grammar running and replaces it when it has grown or is broken. For one
/// thread at a time.
///
/// Ordinary statements are parsed on the caller's thread, with so little nesting that any thread's
/// stack is enough. The few that need more are parsed once again on a thread with a stack of known
/// size, by a copy of the grammar that is dropped afterwards.
final class Session {
  private static final int START_PAGES = 560;
  private static final int MOST_PAGES = ParseLimit.MOST_MEMORY / 65_536;
  private static final int KEPT_BYTES = 48 << 20;
  private static final Limits ORDINARY = new Limits(START_PAGES, MOST_PAGES, 250, 1 << 15);
  private static final Limits DEEP = new Limits(START_PAGES, MOST_PAGES, 20_000, 1 << 20);

  private final PgGrammar grammar;
  private @Nullable Query current;

  Session(PgGrammar grammar) {
    this.grammar = grammar;
  }

  /// How a question ended.
  sealed interface Outcome<T> {
    /// With an answer.
    record Done<T>(T answer) implements Outcome<T> {}

    /// At a limit.
    record TooMuch<T>(ParseLimit limit) implements Outcome<T> {}
  }

  /// Asks the grammar something.
  <T> Outcome<T> ask(Function<Query, T> question) {
    Query query = current == null ? grammar.newQuery(ORDINARY) : current;
    // Only a copy that has answered is used again.
    current = null;
    try {
      T answer = question.apply(query);
      if (query.memorySize() <= KEPT_BYTES) {
        current = query;
      }
      return new Outcome.Done<>(answer);
    } catch (Trap trap) {
      return trap.reason() == Trap.Cause.DEPTH
          ? DeepStack.call(() -> askDeeply(question))
          : atLimit(trap);
    }
  }

  private <T> Outcome<T> askDeeply(Function<Query, T> question) {
    try {
      return new Outcome.Done<>(question.apply(grammar.newQuery(DEEP)));
    } catch (Trap trap) {
      return atLimit(trap);
    }
  }

  private static <T> Outcome<T> atLimit(Trap trap) {
    return switch (trap.reason()) {
      case DEPTH -> new Outcome.TooMuch<>(ParseLimit.DEPTH);
      case MEMORY -> new Outcome.TooMuch<>(ParseLimit.MEMORY);
      case WORK -> new Outcome.TooMuch<>(ParseLimit.WORK);
      case FAULT -> throw trap;
    };
  }
}
