package tranche.sql.parse;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tranche.sql.tree.Node;
import tranche.sql.tree.TreeReader;

/// Parses SQL as a PostgreSQL 18 server does.
///
/// Safe for use by several threads, which then wait for each other: give each thread that parses
/// much a parser of its own, made from the same [PgGrammar]. A parser holds about 40 MB of memory
/// from its first use on.
///
/// Every text gets an answer. It cannot crash the JVM, and it cannot use up its stack or more
/// memory than [ParseLimit] says.
public final class PgParser {
  private static final int LONGEST_MESSAGE = 400;

  private final Session session;
  private final Lock lock = new ReentrantLock();

  /// A parser that has used nothing yet.
  public PgParser(PgGrammar grammar) {
    this.session = new Session(grammar);
  }

  /// Parses a text of any number of statements. `COPY ... FROM stdin` data and commands of psql are
  /// no SQL: see [tranche.sql.split.Splitter].
  public ParseResult parse(String sql) {
    return parse(TextRange.all(sql));
  }

  /// Parses a part of a text; places in the result are places in the whole.
  public ParseResult parse(TextRange range) {
    return locked(() -> parseAll(range));
  }

  /// The text with its constants replaced by `$1`, `$2` and so on. Text that is not SQL stays as it
  /// is.
  public String normalise(String sql) {
    return locked(() -> converted(GrammarExports.NORMALISE, sql).orElse(sql));
  }

  /// A short text that is the same for statements that differ only in constants, blanks, comments
  /// and the number of elements in a list; nothing if the text is not SQL.
  public Optional<String> fingerprint(String sql) {
    return locked(() -> converted(GrammarExports.FINGERPRINT, sql));
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> converted(String function, String sql) {
    if (!(parseAll(TextRange.all(sql)) instanceof ParseResult.Parsed)) {
      return Optional.empty();
    }
    byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
    return switch (session.ask(query -> query.text(function, bytes))) {
      case Session.Outcome.Done<String>(String text) -> Optional.of(text);
      case Session.Outcome.TooMuch<String> _ -> Optional.empty();
    };
  }

  private ParseResult parseAll(TextRange range) {
    if (range.end() - range.start() > ParseLimit.MOST_BYTES) {
      return new ParseResult.Refused(ParseLimit.LENGTH);
    }
    Optional<ParseResult.SyntaxError> unreadable = UnreadableText.in(range);
    if (unreadable.isPresent()) {
      return unreadable.get();
    }
    Utf8 text = new Utf8(range.part());
    if (text.bytes().length > ParseLimit.MOST_BYTES) {
      return new ParseResult.Refused(ParseLimit.LENGTH);
    }
    return switch (session.ask(query -> query.parse(text.bytes()))) {
      case Session.Outcome.Done<Query.Answer>(Query.Answer answer) -> result(answer, range, text);
      case Session.Outcome.TooMuch<Query.Answer>(ParseLimit limit) ->
          new ParseResult.Refused(limit);
    };
  }

  private static ParseResult result(Query.Answer answer, TextRange range, Utf8 text) {
    return switch (answer) {
      case Query.Answer.Tree tree -> parsed(tree.json(), range, text);
      case Query.Answer.Wrong(String message, int cursor) ->
          range.errorAt(characterAt(cursor, range.part()), shortened(message));
    };
  }

  /// A message quotes the word that it is about, and that may be most of the text.
  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "...";
  }

  /// The server counts code points from 1, and a blank was put in front.
  private static int characterAt(int cursor, String sql) {
    int codePoints = Math.clamp(cursor - 2L, 0, sql.codePointCount(0, sql.length()));
    return sql.offsetByCodePoints(0, codePoints);
  }

  private static ParseResult parsed(byte[] json, TextRange range, Utf8 text) {
    if (json.length > ParseLimit.MOST_JSON) {
      return new ParseResult.Refused(ParseLimit.MEMORY);
    }
    try {
      Node root = TreeReader.read(json, offset -> range.start() + text.character(offset));
      return new ParseResult.Parsed(Statements.of(root, range, text));
    } catch (TreeReader.TooDeep _) {
      return new ParseResult.Refused(ParseLimit.DEPTH);
    }
  }
}
