package tranche.build.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassTest {
  private static final String UNSHAPED =
      """
      import java.util.Set;
      import java.util.List;

      /// Text with a list:
      ///
      /// - one `code`
      sealed interface Shape { record Dot(int x,int y) implements Shape {}
      static int of(Shape s){ return switch(s){ case Dot(var x,_) when x>0 -> x; case Dot _ -> List.of().size(); }; } }
      """;

  private static final String SHAPED =
      """
      import java.util.List;

      /// Text with a list:
      ///
      /// - one `code`
      sealed interface Shape {
        record Dot(int x, int y) implements Shape {}

        static int of(Shape s) {
          return switch (s) {
            case Dot(var x, _) when x > 0 -> x;
            case Dot _ -> List.of().size();
          };
        }
      }
      """;

  @TempDir private Path root;

  @Test
  void apply_rewrites_a_file_with_current_syntax_and_keeps_its_markdown_comment()
      throws IOException {
    Path file = write("a/Shape.java", UNSHAPED);

    assertThat(pass(Mode.APPLY)).isEmpty();

    assertThat(Files.readString(file)).isEqualTo(SHAPED);
  }

  @Test
  void check_names_the_file_and_leaves_it_alone() throws IOException {
    Path file = write("a/Shape.java", UNSHAPED);

    assertThat(pass(Mode.CHECK)).element(1).isEqualTo("a/Shape.java: not formatted");

    assertThat(Files.readString(file)).isEqualTo(UNSHAPED);
  }

  @Test
  void check_accepts_a_file_in_shape() throws IOException {
    write("a/Shape.java", SHAPED);

    assertThat(pass(Mode.CHECK)).isEmpty();
  }

  @Test
  void a_file_that_does_not_parse_is_named_with_its_line() throws IOException {
    write("Broken.java", "class Broken {\n  int = 1;\n}\n");

    assertThat(pass(Mode.APPLY)).element(1).asString().startsWith("Broken.java: 2:");
  }

  @Test
  void build_output_and_hidden_folders_are_not_looked_at() throws IOException {
    write("target/A.java", UNSHAPED);
    write(".hidden/B.java", UNSHAPED);

    assertThat(pass(Mode.CHECK)).isEmpty();
  }

  @Test
  void a_file_that_changed_since_it_was_in_shape_is_looked_at_again() throws IOException {
    Path file = write("Shape.java", SHAPED);
    assertThat(pass(Mode.CHECK)).isEmpty();
    assertThat(Formatted.read(memory()).holds(file)).isTrue();

    Files.writeString(file, UNSHAPED);

    assertThat(pass(Mode.CHECK)).isNotEmpty();
  }

  @Test
  void a_build_server_always_checks() {
    assertThat(Mode.of("apply", Map.of("CI", "true"))).isEqualTo(Mode.CHECK);
    assertThat(Mode.of("apply", Map.of())).isEqualTo(Mode.APPLY);
    assertThat(Mode.of("check", Map.of())).isEqualTo(Mode.CHECK);
    assertThatThrownBy(() -> Mode.of("chekc", Map.of())).hasMessageContaining("-Dformat=chekc");
  }

  private List<String> pass(Mode mode) throws IOException {
    return new Pass(mode, root, memory()).complaints();
  }

  private Path memory() {
    return root.resolve("memory.txt");
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
