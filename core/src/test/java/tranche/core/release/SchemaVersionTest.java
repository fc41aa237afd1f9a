package tranche.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaVersionTest {
  @ParameterizedTest
  @CsvSource({"1, 2, -1", "2, 10, -1", "2, 2.1, -1", "2.9, 2.10, -1", "1, 1.0, 0", "01, 1, 0"})
  void versions_compare_part_by_part_as_numbers(String a, String b, int sign) {
    SchemaVersion first = new SchemaVersion(a);
    SchemaVersion second = new SchemaVersion(b);
    assertThat(Integer.signum(first.compareTo(second))).isEqualTo(sign);
    assertThat(Integer.signum(second.compareTo(first))).isEqualTo(-sign);
    assertThat(first.equals(second)).isEqualTo(sign == 0);
    if (sign == 0) {
      assertThat(first).hasSameHashCodeAs(second);
    }
  }
}
