package tranche.config.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {
  private static final List<String> KNOWN = List.of("gateway", "server", "store", "verify");

  @Test
  void a_mistyped_word_finds_the_known_one() {
    assertThat(Nearest.to("gatway", KNOWN)).contains("gateway");
    assertThat(Nearest.to("sever", KNOWN)).contains("server");
    assertThat(Nearest.to("stroe", KNOWN)).isEmpty();
    assertThat(Nearest.to("stores", KNOWN)).contains("store");
  }

  @Test
  void another_word_finds_nothing() {
    assertThat(Nearest.to("password", KNOWN)).isEmpty();
    assertThat(Nearest.to("g".repeat(10_000), KNOWN)).isEmpty();
  }
}
