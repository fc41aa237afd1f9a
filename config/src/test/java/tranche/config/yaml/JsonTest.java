package tranche.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class JsonTest {
  private static String json(String yaml) {
    return Json.text(YamlFile.parse("f.yaml", yaml));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "{a: 1, b: [true, null, x], c: {}};{\"a\":1,\"b\":[true,null,\"x\"],\"c\":{}}",
        "[];[]",
        "'1';\"1\"",
        "-1.5e3;-1.5e3",
        "007;\"007\"",
        "1.;\"1.\"",
        "yes;\"yes\"",
        "~;null",
        "'~';\"~\"",
        "\"a\\\"b\\\\c\\nd\\te\";\"a\\\"b\\\\c\\nd\\te\""
      })
  void yaml_becomes_compact_json(String yaml, String expected) {
    assertThat(json(yaml)).isEqualTo(expected);
  }

  @Test
  void every_character_survives() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x3000; c++) {
      all.appendCodePoint(c);
    }
    all.append("\uD83D\uDE00");
    var node =
        new YamlNode.Scalar(
            tranche.config.problem.Where.file("f"), all.toString(), YamlNode.Style.QUOTED);

    assertThat(JsonMapper.shared().readTree(Json.text(node)).stringValue())
        .isEqualTo(all.toString());
  }
}
