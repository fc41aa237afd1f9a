package tranche.postgres.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/// The statements of an SQL file.
///
/// The file is cut by the driver's own parser, so what is looked at here is exactly what will be
/// sent: it knows strings, quoted names, dollar quotes, nested comments and `BEGIN ATOMIC` bodies.
final class Script {
  private static final Set<String> TRANSACTION_CONTROL =
      Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");

  private final String sql;
  private final List<String> statements;

  private Script(String sql, List<String> statements) {
    this.sql = sql;
    this.statements = statements;
  }

  /// Cuts a file.
  ///
  /// @throws SQLException if the driver's parser gives up on it
  static Script of(String sql) throws SQLException {
    List<NativeQuery> parsed = Parser.parseJdbcSql(sql, true, false, true, false, false);
    List<String> statements =
        parsed.stream().map(q -> q.nativeSql.substring(start(q.nativeSql))).toList();
    return new Script(sql, statements.stream().filter(s -> !s.isBlank()).toList());
  }

  /// The file as it was.
  String sql() {
    return sql;
  }

  /// How many statements it has.
  int size() {
    return statements.size();
  }

  /// The first statement that begins, ends or divides a transaction, if there is one. A file that
  /// does so would escape from the transaction that makes it all or nothing.
  Optional<String> transactionControl() {
    return statements.stream().filter(Script::isTransactionControl).findFirst().map(Script::head);
  }

  private static boolean isTransactionControl(String statement) {
    String first = word(statement);
    return TRANSACTION_CONTROL.contains(first)
        || (first.equals("PREPARE") && word(rest(statement, first.length())).equals("TRANSACTION"));
  }

  private static String word(String text) {
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }

  private static String rest(String text, int from) {
    String rest = text.substring(from);
    return rest.substring(start(rest));
  }

  /// Where the first token begins, behind blanks and comments.
  private static int start(String text) {
    char[] chars = text.toCharArray();
    int at = 0;
    while (at < chars.length) {
      int after = afterBlank(chars, at);
      if (after == at) {
        return at;
      }
      at = after;
    }
    return chars.length;
  }

  private static int afterBlank(char[] chars, int at) {
    return switch (chars[at]) {
      // The parser's functions return the position of the last character of the comment.
      case '-' -> skipped(at, Parser.parseLineComment(chars, at));
      case '/' -> skipped(at, Parser.parseBlockComment(chars, at));
      default -> Character.isWhitespace(chars[at]) || chars[at] == '\uFEFF' ? at + 1 : at;
    };
  }

  private static int skipped(int from, int last) {
    return last == from ? from : last + 1;
  }

  private static String head(String statement) {
    String oneLine = statement.replaceAll("\\s+", " ").strip();
    return oneLine.length() <= 60 ? oneLine : oneLine.substring(0, 60) + "...";
  }
}
