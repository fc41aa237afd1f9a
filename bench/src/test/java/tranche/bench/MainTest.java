package tranche.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void without_arguments_the_benchmarks_are_listed() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("Usage: bench/run", "fanout", "status", "scale", "databases");
  }

  @Test
  void a_benchmark_explains_itself() {
    assertThat(run("fanout", "--help")).isZero();
    assertThat(out.toString()).contains("--stores", "--rounds", "--json");
  }

  @ParameterizedTest
  @CsvSource({
    "fanout --stores 0, --stores is 0; it can be 1 to 50000",
    "fanout --rounds 51, --rounds is 51; it can be 1 to 50",
    "fanout --stores many, '--stores'",
    "fanout --only maven, '--only'",
    "fanout --storse 5, '--storse'",
    "status --stores 100001, --stores is 100001; it can be 1 to 100000",
    "scale --small 0, --small is 0; it can be 1 to 50000",
    "databases --parallel 201, --parallel is 201; it can be 1 to 200",
    "nothing, 'nothing'"
  })
  void arguments_that_are_not_understood_are_named_before_anything_is_started(
      String arguments, String expected) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(expected);
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
