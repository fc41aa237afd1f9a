package tranche.sql.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeReaderTest {
  @Test
  void an_object_under_a_name_with_a_capital_is_a_node_of_that_kind() {
    Node root = read("{\"a\":{\"Kind\":{\"b\":true}},\"c\":{\"d\":-1},\"e\":[{\"K\":{}},{}]}");

    assertThat(root.names()).containsExactly("a", "c", "e");
    assertThat(root.child("a").orElseThrow().is("Kind")).isTrue();
    assertThat(root.child("a").orElseThrow().flag("b")).isTrue();
    assertThat(root.child("c").orElseThrow().kind()).isEmpty();
    assertThat(root.child("c").orElseThrow().number("d")).hasValue(-1);
    assertThat(root.children("e")).extracting(Node::kind).containsExactly("K", "");
    assertThat(root.children()).hasSize(4);
    assertThat(root).hasToString("{a=Kind{b=true}, c={d=-1}, e=[K{}, {}]}");
    assertThat(root)
        .isEqualTo(read("{\"a\":{\"Kind\":{\"b\":true}},\"c\":{\"d\":-1},\"e\":[{\"K\":{}},{}]}"));
  }

  @Test
  void texts_may_hold_everything() {
    Node root = read("{\"a\":\"é\\n\\u0001\\\"\\\\\\/\\b\\f\\r\\tü\",\"b\":\"\",\"c\":false}");

    assertThat(root.text("a")).hasValue("é\n\u0001\"\\/\b\f\r\tü");
    assertThat(root.text("b")).hasValue("");
    assertThat(root.flag("c")).isFalse();
    assertThat(root.isPresent("c")).isTrue();
    assertThat(root.isPresent("d")).isFalse();
    assertThat(root.text("c")).isEmpty();
    assertThat(root.number("a")).isEmpty();
  }

  @Test
  void only_numbers_called_location_are_places() {
    Node root =
        TreeReader.read(
            "{\"location\":7,\"x\":7,\"y\":{\"location\":-1}}".getBytes(StandardCharsets.UTF_8),
            place -> 100 + place);

    assertThat(root.number("location")).hasValue(107);
    assertThat(root.number("x")).hasValue(7);
    assertThat(root.child("y").orElseThrow().number("location")).hasValue(-1);
  }

  @Test
  void a_tree_that_is_too_deep_is_refused() {
    String deep = "{\"a\":".repeat(3 * Node.DEEPEST) + "{}" + "}".repeat(3 * Node.DEEPEST);
    assertThatThrownBy(() -> read(deep)).isInstanceOf(TreeReader.TooDeep.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":x}",
        "{\"a\":1.5}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":\"\\u00",
        "{\"a\":[1]}",
        "{\"a\":tru}",
        "{]",
        "{\"a\":\"\\q\"}",
        "{\"a\":-}"
      })
  void what_the_grammar_would_not_write_is_refused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalStateException.class);
  }

  private static Node read(String json) {
    return TreeReader.read(json.getBytes(StandardCharsets.UTF_8), place -> place);
  }
}
