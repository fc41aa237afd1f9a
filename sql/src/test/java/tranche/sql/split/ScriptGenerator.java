package tranche.sql.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Scripts at random, of which it is known what they consist of.
final class ScriptGenerator {
  private static final List<String> VALUES =
      List.of(
          "1",
          "';'",
          "E'\\\\';",
          "E'\\';'",
          "$$;$$",
          "$a$ ; $$ ' $a$",
          "\";\"",
          "$1",
          "'''; --'",
          "U&'\\0041;'",
          "(1 /* ; */)",
          "CASE WHEN x THEN ';' END",
          "'🐘;é'");
  private static final List<String> GAPS =
      List.of(" ", "\n", "\r\n", "\t", " -- ; it's\n", "/* ; /* $$ */ ' */", "\n\n", " /**/ ");
  private static final int LONGEST = 40;

  private ScriptGenerator() {}

  /// A script.
  ///
  /// @param statements what it consists of
  record Script(String text, List<String> statements, boolean hasCopyData) {}

  static Script script(Random random) {
    StringBuilder text = new StringBuilder();
    List<String> statements = new ArrayList<>();
    boolean hasCopyData = false;
    for (int left = random.nextInt(LONGEST); left > 0; left--) {
      text.append(gaps(random));
      if (random.nextInt(10) == 0) {
        hasCopyData = true;
        statements.add("COPY t" + gap(random) + "FROM stdin");
        text.append(statements.getLast())
            .append(";\n")
            .append("a;'\\N\n$$\n".repeat(random.nextInt(3)));
        text.append("\\.\n");
      } else {
        statements.add(statement(random));
        text.append(statements.getLast()).append(left > 1 ? ";" : "");
      }
    }
    return new Script(
        text.append(gaps(random)).toString().stripTrailing(), statements, hasCopyData);
  }

  private static String statement(Random random) {
    String value = VALUES.get(random.nextInt(VALUES.size())).replaceAll(";$", "");
    return switch (random.nextInt(4)) {
      case 0 -> "SELECT" + gap(random) + value + gap(random) + "FROM t";
      case 1 -> "UPDATE t SET a =" + gap(random) + value + gap(random) + "WHERE b";
      case 2 ->
          "CREATE FUNCTION f() RETURNS text"
              + gap(random)
              + "BEGIN"
              + gap(random)
              + "ATOMIC SELECT "
              + value
              + "; SELECT 2;"
              + gap(random)
              + "END";
      default -> "INSERT INTO t VALUES (" + value + "," + gap(random) + value + ")";
    };
  }

  private static String gap(Random random) {
    return " " + GAPS.get(random.nextInt(GAPS.size())) + " ";
  }

  private static String gaps(Random random) {
    StringBuilder gaps = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      gaps.append(GAPS.get(random.nextInt(GAPS.size())));
    }
    return gaps.toString();
  }
}
