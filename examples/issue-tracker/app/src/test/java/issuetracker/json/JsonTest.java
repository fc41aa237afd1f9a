package issuetracker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  @Test
  void what_is_written_is_what_was_read() {
    String text = "{\"a\":[1,2.5,true,null,\"ä\\n\"],\"b\":{\"c\":{}},\"d\":12345678901}";
    assertThat(new String(Json.write(read(text)), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "7", "{", "{\"a\":}", "{\"a\":1,\"a\":2}", "{} {}", "{\"a\":1]"})
  void anything_but_one_object_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void bombs_are_refused() {
    assertThatThrownBy(() -> read("{\"a\":" + "7".repeat(50_000) + "}"))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void a_problem_never_repeats_the_text_around_it() {
    assertThatThrownBy(() -> read("{\"password\":\"secret-7c1f\" oops}"))
        .hasMessage("the text is not JSON from line 1 column 27 on")
        .hasNoCause();
    assertThatThrownBy(() -> read("{\"password\":\"secret-7c1f\"}").requiredInteger("password"))
        .hasMessage("\"password\" must be a number");
  }

  private static JsonObject read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
