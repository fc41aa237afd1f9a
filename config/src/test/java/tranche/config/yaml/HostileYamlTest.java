package tranche.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.core.problem.ProblemException;

final class HostileYamlTest {
  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> YamlFile.parse("f.yaml", yaml))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aliases_are_refused_before_they_multiply() {
    StringBuilder bomb = new StringBuilder("a0: &a0 lol\n");
    for (int i = 1; i < 30; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s]%n".formatted(i, i, before, before, before));
    }

    assertRefused(bomb.toString(), "f.yaml:1:5: anchors (&name) are not read");
    assertRefused("a: *b", "f.yaml:1:4: aliases (*name) are not read");
  }

  @Test
  void tags_are_refused() {
    assertRefused("a: !!java.net.URL [x]", "f.yaml:1:4: tags (!name) are not read");
    assertRefused("a: !local x", "tags (!name) are not read");
    assertRefused("!!str a: x", "tags (!name) are not read");
  }

  @Test
  void fifty_levels_are_read_and_one_more_is_refused() {
    assertThat(YamlFile.parse("f.yaml", "[".repeat(50) + "]".repeat(50)).where().text())
        .isEqualTo("f.yaml:1:1");
    assertRefused("[".repeat(51) + "]".repeat(51), "f.yaml:1:51: more than 50 levels deep");
    assertRefused("[".repeat(1_000_000), "more than 50 levels deep");
    assertRefused("{a: ".repeat(1_000), "more than 50 levels deep");
    assertRefused("- ".repeat(1_000) + "x", "more than 50 levels deep");
  }

  @Test
  void a_file_over_four_mebibytes_is_refused(@TempDir Path temp) throws IOException {
    Path file = Files.writeString(temp.resolve("f.yaml"), "a".repeat(YamlFile.MAX_BYTES + 1));

    assertThatThrownBy(() -> YamlFile.read(file, new Findings()))
        .hasMessageContaining("unreadable-file")
        .hasMessageContaining("more than 4194304 bytes");
  }

  @Test
  void a_huge_value_is_refused_and_shown_shortened() {
    YamlNode node = YamlFile.parse("f.yaml", "x".repeat(1_000_000));

    assertThatThrownBy(() -> new YamlValue("k", node, new Findings()).text())
        .hasMessage("wrong-value: f.yaml:1:1: k is '" + "x".repeat(80) + "...'");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused_with_their_line(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("f.yaml");
    Files.write(file, "a: 1\nb: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> YamlFile.read(file, new Findings()))
        .hasMessageContaining("line 2 is not UTF-8");
  }

  @Test
  void control_characters_are_refused() {
    assertRefused("a: \u0007", "not-yaml");
    assertRefused("a: \u0000", "not-yaml");
  }

  @Test
  void a_broken_file_does_not_show_what_stands_around_the_place() {
    assertThatThrownBy(() -> YamlFile.parse("f.yaml", "password: hunter2\n\tx: [\n"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(ConfigProblem.NotYaml.class);
              assertThat(e.problem().what()).startsWith("f.yaml:2:1").doesNotContain("hunter2");
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void whatever_is_changed_in_a_file_it_is_read_or_refused_and_nothing_else() {
    String[] pieces = {
      "a", ":", " ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "'", "\"", "|", ">", "%", "#", "?",
      "&a ", "*a ", "!t ", "---", "...", "\t", "~", "<<", "\\", "@", "`", "0x1", "\uD83D", "\u2028"
    };
    Random random = new Random(20261120);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder yaml = new StringBuilder();
      int length = random.nextInt(1, 30);
      for (int i = 0; i < length; i++) {
        yaml.append(pieces[random.nextInt(pieces.length)]);
      }
      readOrRefuse(yaml.toString());
    }
  }

  private static void readOrRefuse(String yaml) {
    try {
      assertThat(Json.text(YamlFile.parse("f.yaml", yaml))).isNotEmpty();
    } catch (ProblemException e) {
      assertThat(e.problem()).as(yaml).isInstanceOf(ConfigProblem.class);
    }
  }
}
