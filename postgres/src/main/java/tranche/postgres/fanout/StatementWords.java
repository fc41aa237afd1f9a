package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The first words of a statement, in capitals, without comments: enough to tell which command it
/// is.
final class StatementWords {
  private static final int MOST = 8;
  private static final Set<String> TRANSACTION_CONTROL =
      Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");

  /// Commands that leave nothing behind in a session. All others may: SET, PREPARE, LISTEN, DO,
  /// SELECT, CALL ...
  private static final Set<String> TRACELESS =
      Set.of(
          "ALTER",
          "CREATE",
          "DROP",
          "COMMENT",
          "GRANT",
          "REVOKE",
          "INSERT",
          "UPDATE",
          "DELETE",
          "TRUNCATE",
          "COPY",
          "REINDEX",
          "REFRESH",
          "ANALYZE",
          "VACUUM",
          "MERGE");

  private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY", "LOCAL", "GLOBAL");

  private final List<String> words;

  private StatementWords(List<String> words) {
    this.words = words;
  }

  static StatementWords of(String sql) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < sql.length() && words.size() < MOST) {
      int next = afterBlank(sql, at);
      if (next > at) {
        at = next;
        continue;
      }
      int end = wordEnd(sql, at);
      if (end == at) {
        break;
      }
      words.add(sql.substring(at, end).toUpperCase(Locale.ROOT));
      at = end;
    }
    return new StatementWords(words);
  }

  private static int wordEnd(String sql, int from) {
    int end = from;
    while (end < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  private static int afterBlank(String sql, int at) {
    if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      return end < 0 ? sql.length() : end + 1;
    }
    if (sql.startsWith("/*", at)) {
      return afterComment(sql, at + 2);
    }
    char c = sql.charAt(at);
    return Character.isWhitespace(c) || c == '\uFEFF' || c == ';' ? at + 1 : at;
  }

  private static int afterComment(String sql, int from) {
    int depth = 1;
    int at = from;
    while (at < sql.length() && depth > 0) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  /// Whether it begins with these words.
  boolean begin(String... expected) {
    return words.size() >= expected.length
        && words.subList(0, expected.length).equals(List.of(expected));
  }

  /// Whether it would begin, end or divide a transaction.
  boolean isTransactionControl() {
    return !words.isEmpty()
        && (TRANSACTION_CONTROL.contains(words.getFirst()) || begin("PREPARE", "TRANSACTION"));
  }

  /// Whether the session may be another one afterwards.
  boolean mayChangeSession() {
    if (words.isEmpty()) {
      return false;
    }
    return !TRACELESS.contains(words.getFirst())
        || (words.size() > 1 && begin("CREATE") && TEMPORARY.contains(words.get(1)));
  }

  /// Whether it may run functions of the store, and with them change settings.
  boolean mayCallFunctions() {
    boolean isDefinition =
        begin("ALTER", "TABLE")
            || begin("CREATE", "TABLE")
            || begin("CREATE", "INDEX")
            || begin("CREATE", "UNIQUE", "INDEX")
            || begin("DROP")
            || begin("COMMENT")
            || begin("GRANT")
            || begin("REVOKE");
    return !words.isEmpty() && (!isDefinition || words.contains("AS"));
  }

  /// Whether it builds an index without keeping writers out.
  boolean isConcurrentIndex() {
    return begin("CREATE", "INDEX", "CONCURRENTLY")
        || begin("CREATE", "UNIQUE", "INDEX", "CONCURRENTLY");
  }

  /// Whether it builds indexes anew without keeping writers out.
  boolean isConcurrentReindex() {
    return begin("REINDEX") && words.contains("CONCURRENTLY");
  }

  /// Whether the server refuses it inside a transaction, as far as the first words tell.
  boolean isOutsideOfTransactions() {
    return isConcurrentIndex()
        || isConcurrentReindex()
        || begin("DROP", "INDEX", "CONCURRENTLY")
        || begin("VACUUM");
  }

  /// The first words, for messages.
  String head() {
    return String.join(" ", words.subList(0, Math.min(2, words.size())));
  }
}
