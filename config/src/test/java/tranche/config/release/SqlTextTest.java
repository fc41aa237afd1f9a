package tranche.config.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a -- b, a ",
        "a /* b /* c */ d */ e, a   e",
        "a 'b''c' d, a   d",
        "a E'b\\'c' d, a E  d",
        "a name'b\\' c, a name  c",
        "a \"drop\"\"x\" d, a q d",
        "a $$b$$ c, a  b  c",
        "a $t$ 'x' $t$ c, `a       c`",
        "a $t$ it's $t$ c, `a   it   c`",
        "a$1 $2, a$1 $2"
      })
  void comments_literals_and_quoted_names_are_taken_out(String sql, String code) {
    assertThat(SqlText.code(sql).strip()).isEqualTo(code.strip());
  }

  @Test
  void unclosed_quotes_end_with_the_text() {
    assertThat(SqlText.code("a 'b").strip()).isEqualTo("a");
    assertThat(SqlText.code("a /* b").strip()).isEqualTo("a");
    assertThat(SqlText.code("a $t$ drop").strip()).isEqualTo("a   drop");
  }

  @Test
  void dollar_quotes_in_dollar_quotes_have_a_limit() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      deep.append("$t").append(i).append('$');
    }

    assertThat(SqlText.removing(deep + " DROP TABLE x")).contains("DROP");
  }
}
