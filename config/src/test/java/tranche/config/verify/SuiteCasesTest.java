package tranche.config.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.config.Golden;
import tranche.config.problem.Findings;
import tranche.core.verify.Check;
import tranche.core.verify.Suite;

final class SuiteCasesTest {
  static List<Path> cases() {
    return Golden.cases("suite-cases", ".yaml");
  }

  private static Suite read(Path file) {
    Findings findings = new Findings();
    Optional<Suite> suite = findings.attempt(() -> SuiteFile.read(file, findings));
    findings.throwIfAny();
    return suite.orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_suite_is_read_or_refused_with_the_place(Path file) throws IOException {
    String outcome = Golden.outcome(file.getParent(), () -> read(file));

    Golden.check(Path.of(file.toString().replace(".yaml", ".txt")), outcome);
  }

  @Test
  void a_check_becomes_a_request_and_what_is_expected_of_the_answer() {
    Suite suite = read(Path.of("src/test/resources/suite-cases/ok.yaml"));

    assertThat(suite)
        .isEqualTo(
            new Suite(
                "smoke",
                List.of(
                    new Check(
                        "the candidate answers with its release",
                        new Check.Request(
                            "GET",
                            "/version",
                            Map.of("X-A", "b"),
                            Optional.of("{\"any\":\"json\"}")),
                        new Check.Expectation(
                            200, Map.of("/release", "{release}", "/nested/pointer", "5")),
                        Map.of("team", "/id")))));
  }
}
