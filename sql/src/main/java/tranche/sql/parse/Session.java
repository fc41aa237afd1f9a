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
  private static final int MOST_PAGES = 2_048;
  private static final int KEPT_BYTES = 48 << 20;
  private static final Limits ORDINARY = new Limits(START_PAGES, MOST_PAGES, 250, 1 << 15);
  private static final Limits DEEP = new Limits(START_PAGES, MOST_PAGES, 20_000, 1 << 20);

  // PostgreSQL's words when its allocator fails.
  private static final String OUT_OF_MEMORY = "out of memory";

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
      if (query.memorySize() <= KEPT_BYTES && !isOutOfMemory(answer)) {
        current = query;
      }
      return outcome(answer);
    } catch (Trap trap) {
      return switch (trap.reason()) {
        case DEPTH -> DeepStack.call(() -> askDeeply(question));
        case MEMORY -> new Outcome.TooMuch<>(ParseLimit.MEMORY);
        case FAULT -> throw trap;
      };
    }
  }

  private <T> Outcome<T> askDeeply(Function<Query, T> question) {
    try {
      return outcome(question.apply(grammar.newQuery(DEEP)));
    } catch (Trap trap) {
      return switch (trap.reason()) {
        case DEPTH -> new Outcome.TooMuch<>(ParseLimit.DEPTH);
        case MEMORY -> new Outcome.TooMuch<>(ParseLimit.MEMORY);
        case FAULT -> throw trap;
      };
    }
  }

  private static <T> Outcome<T> outcome(T answer) {
    return isOutOfMemory(answer)
        ? new Outcome.TooMuch<>(ParseLimit.MEMORY)
        : new Outcome.Done<>(answer);
  }

  private static boolean isOutOfMemory(Object answer) {
    return answer instanceof Query.Answer.Wrong(String message, _) && message.equals(OUT_OF_MEMORY);
  }
}
