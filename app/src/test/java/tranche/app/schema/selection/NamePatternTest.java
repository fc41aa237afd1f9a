package tranche.app.schema.selection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "tenant_%, tenant_1, true",
    "tenant_*, tenant_1, true",
    "tenant_%, tenant_, true",
    "tenant_%, tenantx1, false",
    "tenant_?, tenant_1, true",
    "tenant_?, tenant_12, false",
    "*_eu, tenant_1_eu, true",
    "*_eu, tenant_1_eu_2, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXbYbZ, false",
    "%, anything, true",
    "app, app, true",
    "app, app2, false",
    "100\\%, 100%, true",
    "100\\%, 1000, false",
  })
  void a_percent_sign_or_a_star_is_any_text_and_an_underscore_is_itself(
      String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void many_stars_take_no_time() {
    var pattern = new NamePattern("*a".repeat(30) + "b");
    assertThat(pattern.matches("a".repeat(60))).isFalse();
  }

  @Test
  void a_pattern_without_wildcards_is_plain() {
    assertThat(new NamePattern("tenant_1").isPlain()).isTrue();
    assertThat(new NamePattern("tenant_1\\*").isPlain()).isTrue();
    assertThat(new NamePattern("tenant_*").isPlain()).isFalse();
  }
}
