package tranche.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.tidy.files.Links;
import tranche.tidy.files.Places;
import tranche.tidy.problem.ProblemCodes;
import tranche.tidy.problem.ProblemPages;

/// Each rule about files and problems fails on a planted one that breaks it, and only then.
class FileRulesTest {
  private static final String PAGE =
      "The store could not be reached because nothing listens there. Start it.";

  @TempDir private Path folder;
  @TempDir private Path root;

  @Test
  void a_path_of_one_machine_is_named() throws IOException {
    write("a.yaml", "data: /ho" + "me/nina/data");
    write("b.yaml", "data: ~/data, /srv/ro" + "ot/x, https://x.example/ho" + "me/x");

    assertThat(Places.violations(new Repository(root)))
        .singleElement()
        .asString()
        .startsWith("machine-path  a.yaml");
  }

  @Test
  void a_registry_is_named() throws IOException {
    write("package-lock.json", "{\"resol" + "ved\": \"x\"}");
    write("settings.xml", "https://registry.npm" + "js.example");

    assertThat(Places.violations(new Repository(root)))
        .extracting(Violation::where)
        .containsExactly("package-lock.json", "settings.xml");
  }

  @Test
  void a_link_to_a_missing_file_is_named() throws IOException {
    write("docs/a.md", "[b](b.md#part) [gone](gone.md) [web](https://x.example) `[c](code.md)`");
    write("docs/b.md", "# b");

    assertThat(Links.violations(new Repository(root)))
        .singleElement()
        .asString()
        .contains("docs/a.md  links to gone.md");
  }

  @Test
  void two_problems_with_one_code_are_named() throws IOException {
    ProblemCodes codes = codes(problem("One", "\"same-code\""), problem("Two", "\"same-code\""));

    assertThat(codes.violations()).singleElement().asString().contains("is taken by");
  }

  @Test
  void a_code_that_is_no_slug_or_no_literal_is_named() throws IOException {
    assertThat(codes(problem("One", "\"Not_Kebab\"")).violations()).hasSize(1);
    assertThat(codes(problem("Two", "String.valueOf(1)")).violations())
        .singleElement()
        .asString()
        .contains("returns no literal");
  }

  @Test
  void a_problem_without_a_page_is_named() throws IOException {
    ProblemCodes codes = codes(problem("One", "\"store-gone\""));

    assertThat(ProblemPages.violations(codes, new Repository(root)))
        .singleElement()
        .asString()
        .contains("docs/reference/problems/store-gone.md  is missing");
    write("docs/reference/problems/store-gone.md", "# store-gone\n\n" + PAGE);
    assertThat(ProblemPages.violations(codes, new Repository(root))).isEmpty();
  }

  @Test
  void a_page_with_another_title_or_without_a_problem_is_named() throws IOException {
    ProblemCodes codes = codes(problem("One", "\"store-gone\""));
    write("docs/reference/problems/store-gone.md", "# Store gone\n\n" + PAGE);
    write("docs/reference/problems/nobody.md", "# nobody\n\n" + PAGE);

    assertThat(ProblemPages.violations(codes, new Repository(root))).hasSize(2);
  }

  @Test
  void an_exception_excuses_its_place_and_nothing_else() throws IOException {
    Exceptions exceptions =
        Exceptions.read(write("list.txt", "# why\nsize  a/B.java  Generated.\n"));
    Violation excused = new Violation("size", "a/B.java", "too long");
    Violation other = new Violation("size", "a/C.java", "too long");

    assertThat(exceptions.without(List.of(excused, other))).containsExactly(other);
    assertThat(exceptions.unused("size")).isEmpty();
  }

  @Test
  void an_exception_that_excuses_nothing_or_has_no_reason_is_named() throws IOException {
    Exceptions exceptions = Exceptions.read(write("list.txt", "size  a/B.java  Generated.\n"));

    assertThat(exceptions.unused("size")).hasSize(1);
    assertThatThrownBy(() -> Exceptions.read(write("list.txt", "size a/B.java\n")))
        .hasMessageContaining("needs rule, place and reason");
  }

  private ProblemCodes codes(String... sources) throws IOException {
    return ProblemCodes.of(new Planted(folder).compile(sources));
  }

  private static String problem(String name, String code) {
    return """
    package tranche.core.x;
    record %s(String value) implements tranche.core.problem.Problem {
      public String code() { return %s; }
      public tranche.core.problem.ProblemKind kind() { return tranche.core.problem.ProblemKind.BUG; }
      public String what() { return "what " + value; }
      public String why() { return "why"; }
      public String fix() { return "fix"; }
    }
    """
        .formatted(name, code);
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
