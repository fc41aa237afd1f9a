package tranche.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.e2e.harness.Site.Ended;

/// The problem that a command has told on its error output.
record Said(int exitCode, String code, String what, String why, String fix) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "✕ .+?   problem (?<code>[a-z-]+)\\n\\s+what   (?<what>.+)\\n\\s+why    (?<why>.+)\\n"
              + "\\s+fix    (?<fix>.+)\\n");

  /// Reads the one problem; a second one, a stack trace or none is an error of the product.
  static Said of(Ended ended) {
    Matcher block = BLOCK.matcher(ended.errors());
    assertThat(block.find()).as("a problem in %s", ended).isTrue();
    Said said =
        new Said(
            ended.exitCode(),
            block.group("code"),
            block.group("what"),
            block.group("why"),
            block.group("fix"));
    assertThat(block.find()).as("a second problem in %s", ended).isFalse();
    assertThat(ended.errors()).doesNotContain("Exception in thread", "\tat ", "    at ");
    return said;
  }

  /// Fails unless it is that problem, names those things, and ends as documented.
  void is(Expected expected) {
    assertThat(code).isEqualTo(expected.code());
    assertThat(exitCode).as("exit code of %s", this).isEqualTo(expected.exitCode());
    for (String name : expected.names()) {
      assertThat(what + " " + fix).contains(name);
    }
    assertThat(why).endsWith(".");
    assertThat(fix).endsWith(".");
  }
}
