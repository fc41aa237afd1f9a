package tranche.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tranche.core.problem.ProblemException;
import tranche.postgres.testing.PostgresForTests;
import tranche.sql.parse.PgGrammar;
import tranche.sql.parse.PgParser;
import tranche.sql.problem.SqlProblem;
import tranche.sql.split.Splitter;

/// What is wrong with a script is said in the words of the server, and the place is the one that
/// the server means: each script of `broken.txt` is given to both. A server reads a whole message
/// before it runs any of it, so a script that does not parse changes nothing.
class SyntaxErrorsOnServerTest {
  private static final String FILE = "V7__orders.sql";
  private static final Splitter SPLITTER = new Splitter(new PgParser(PgGrammar.load()));

  private static Connection connection;

  /// A place that the server counts in characters from 1, as a line and a column.
  private record Refusal(String message, int line, int column) {}

  @BeforeAll
  static void connect() throws SQLException {
    var address = PostgresForTests.address();
    connection =
        DriverManager.getConnection(
            address.jdbcUrl("postgres") + "?preferQueryMode=simple",
            address.user(),
            address.password().reveal());
  }

  @AfterAll
  static void leave() throws SQLException {
    connection.close();
  }

  static List<String> scripts() throws IOException {
    try (InputStream in = SyntaxErrorsOnServerTest.class.getResourceAsStream("broken.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(all.split("\n====\n"));
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void the_message_and_the_place_are_the_servers(String script) throws SQLException {
    assertThat(ours(script)).isEqualTo(servers(script));
  }

  @Test
  void lines_that_end_as_windows_ends_them_are_counted_alike() throws SQLException {
    String script = "CREATE TABLE a (\r\n  id int,\r\n  name txt txt\r\n);\r\n";

    assertThat(ours(script)).isEqualTo(servers(script)).extracting(Refusal::line).isEqualTo(3);
  }

  @Test
  void the_error_behind_very_many_statements_is_found_at_its_place() throws SQLException {
    String script = "SELECT 'größer 🐘', 1;\n".repeat(5_000) + "SELECT 1,, 2;\n";

    assertThat(ours(script))
        .isEqualTo(servers(script))
        .isEqualTo(new Refusal("syntax error at or near \",\"", 5_001, 10));
  }

  private static Refusal ours(String script) {
    ProblemException thrown =
        catchThrowableOfType(ProblemException.class, () -> SPLITTER.split(script, FILE));
    assertThat((Throwable) thrown).as("our refusal").isNotNull();
    assertThat(thrown.problem()).isInstanceOf(SqlProblem.Syntax.class);
    SqlProblem.Syntax syntax = (SqlProblem.Syntax) thrown.problem();
    assertThat(syntax.what()).startsWith(FILE + ":" + syntax.place().line() + ":");
    return new Refusal(syntax.message(), syntax.place().line(), syntax.place().column());
  }

  private static Refusal servers(String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      PSQLException thrown =
          catchThrowableOfType(PSQLException.class, () -> statement.execute(script));
      assertThat((Throwable) thrown).as("the server's refusal").isNotNull();
      ServerErrorMessage error = Objects.requireNonNull(thrown.getServerErrorMessage());
      int at = script.offsetByCodePoints(0, error.getPosition() - 1);
      int start = script.lastIndexOf('\n', at - 1) + 1;
      int line = 1 + (int) script.substring(0, start).chars().filter(c -> c == '\n').count();
      return new Refusal(error.getMessage(), line, at - start + 1);
    }
  }
}
