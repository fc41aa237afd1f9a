package tranche.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What lines of a stream mean.
class SseParserTest {
  private final SseParser parser = new SseParser();

  private List<SseParser.Message> take(String... lines) {
    return List.of(lines).stream().map(parser::take).flatMap(Optional::stream).toList();
  }

  @Test
  void a_message_counts_when_its_empty_line_has_come() {
    assertThat(take("id: 1", "event: started", "data: {}")).isEmpty();
    assertThat(take("")).containsExactly(new SseParser.Message("started", "{}"));
  }

  @Test
  void a_message_without_data_is_none_and_leaves_nothing_behind() {
    assertThat(take("event: started", "", "data: x", ""))
        .containsExactly(new SseParser.Message("message", "x"));
  }

  @Test
  void data_in_several_lines_is_put_together() {
    assertThat(take("data: a", "data:b", "data", "data:  c", ""))
        .containsExactly(new SseParser.Message("message", "a\nb\n\n c"));
  }

  @Test
  void fields_that_are_not_known_are_passed_over() {
    assertThat(take("retry: 1000", "", "colour: red", "data: x", ""))
        .containsExactly(new SseParser.Message("message", "x"));
  }
}
