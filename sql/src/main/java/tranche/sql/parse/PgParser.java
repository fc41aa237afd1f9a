package tranche.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final Session session;
  private final Lock lock = new ReentrantLock();

  /// A parser that has used nothing yet.
  public PgParser(PgGrammar grammar) {
    this.session = new Session(grammar);
  }

  /// Parses a text of any number of statements. `COPY ... FROM stdin` data and commands of psql are
  /// no SQL: see [tranche.sql.split.Splitter].
  public ParseResult parse(String sql) {
    return locked(() -> parseAll(sql));
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
    if (!(parseAll(sql) instanceof ParseResult.Parsed)) {
      return Optional.empty();
    }
    return switch (session.ask(query -> query.text(function, new Utf8(sql).bytes()))) {
      case Session.Outcome.Done<String>(String text) -> Optional.of(text);
      case Session.Outcome.TooMuch<String> _ -> Optional.empty();
    };
  }

  private ParseResult parseAll(String sql) {
    if (sql.length() > ParseLimit.MOST_BYTES) {
      return new ParseResult.Refused(ParseLimit.LENGTH);
    }
    Optional<ParseResult.SyntaxError> unreadable = UnreadableText.in(sql);
    if (unreadable.isPresent()) {
      return unreadable.get();
    }
    Utf8 text = new Utf8(sql);
    if (text.bytes().length > ParseLimit.MOST_BYTES) {
      return new ParseResult.Refused(ParseLimit.LENGTH);
    }
    return switch (session.ask(query -> query.parse(text.bytes()))) {
      case Session.Outcome.Done<Query.Answer>(Query.Answer answer) -> result(answer, sql, text);
      case Session.Outcome.TooMuch<Query.Answer>(ParseLimit limit) ->
          new ParseResult.Refused(limit);
    };
  }

  private static ParseResult result(Query.Answer answer, String sql, Utf8 text) {
    return switch (answer) {
      case Query.Answer.Tree tree -> parsed(tree.json(), sql, text);
      case Query.Answer.Wrong(String message, int cursor) -> {
        int characters = Math.clamp(cursor - 1L, 0, sql.codePointCount(0, sql.length()));
        yield ParseResult.SyntaxError.at(sql.offsetByCodePoints(0, characters), message, sql);
      }
    };
  }

  private static ParseResult parsed(byte[] json, String sql, Utf8 text) {
    try {
      Node root = TreeReader.read(json, text::character);
      return new ParseResult.Parsed(statements(root, sql, text));
    } catch (TreeReader.TooDeep _) {
      return new ParseResult.Refused(ParseLimit.DEPTH);
    }
  }

  private static List<ParsedStatement> statements(Node root, String sql, Utf8 text) {
    List<ParsedStatement> statements = new ArrayList<>();
    int line = 1;
    int counted = 0;
    for (Node raw : root.children("stmts")) {
      int start = (int) raw.number("stmt_location").orElse(0);
      OptionalLong length = raw.number("stmt_len");
      int offset = text.character(start);
      int end = length.isEmpty() ? sql.length() : text.character(start + (int) length.getAsLong());
      for (; counted < offset; counted++) {
        line += sql.charAt(counted) == '\n' ? 1 : 0;
      }
      String own = sql.substring(offset, end).stripTrailing();
      statements.add(new ParsedStatement(own, offset, line, raw.child("stmt").orElseThrow()));
    }
    return statements;
  }
}
