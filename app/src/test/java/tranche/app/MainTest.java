package tranche.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine tranche =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @Test
  void version_names_the_product_and_the_java_it_runs_on() {
    assertThat(tranche.execute("version")).isZero();
    assertThat(out).hasToString("tranche unpackaged (Java 25)" + System.lineSeparator());
  }

  @Test
  void help_lists_the_commands() {
    assertThat(tranche.execute("help")).isZero();
    assertThat(out.toString()).contains("Usage: tranche", "version");
  }

  @Test
  void every_command_explains_itself_and_does_nothing_else() {
    for (String command : tranche.getSubcommands().keySet()) {
      out.getBuffer().setLength(0);
      assertThat(tranche.execute(command, "--help")).as(command).isZero();
      assertThat(out.toString()).as(command).contains("Usage: tranche " + command);
    }
  }

  @Test
  void a_command_line_that_ends_too_early_shows_what_could_follow() {
    assertThat(tranche.execute()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: tranche", "rollout");
    assertThat(tranche.execute("rollout")).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: tranche rollout", "approve");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void an_unknown_command_is_a_usage_error() {
    assertThat(tranche.execute("flibber")).isEqualTo(2);
    assertThat(err.toString()).contains("flibber");
  }
}
