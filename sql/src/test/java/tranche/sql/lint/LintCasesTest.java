package tranche.sql.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.core.migration.Finding;
import tranche.core.migration.Finding.Severity;
import tranche.sql.compile.Compiler;
import tranche.sql.compile.Migrations;
import tranche.sql.effect.Grammar;

/// The files in `lint-cases` are the specification: a script, and below it its findings with the
/// safe way. With `-Dgolden.update=true` they are written anew; then read every line that changed.
class LintCasesTest {
  private static final Path CASES = Path.of("src/test/resources/lint-cases");
  private static final Path PAGE = Path.of("../docs/reference/schema-rules.md");
  private static final Compiler COMPILER = new Compiler(Grammar.LOADED);

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_script_has_the_findings_that_are_written_below_it(Path file) throws IOException {
    String expected = Files.readString(file);
    String actual =
        String.join("\n\n", scripts(file).stream().map(LintCasesTest::told).toList()) + "\n";
    update(file, actual);
    assertThat(actual).isEqualTo(expected);
  }

  private static List<String> scripts(Path file) throws IOException {
    List<String> scripts = new ArrayList<>();
    for (String block : Files.readString(file).strip().split("\n\\s*\n")) {
      scripts.add(
          String.join("\n", block.lines().filter(line -> !line.startsWith("  | ")).toList()));
    }
    return scripts;
  }

  private static List<Finding> findings(String sql) {
    return COMPILER.compile(Migrations.of(sql)).findings();
  }

  private static String told(String sql) {
    List<String> lines = new ArrayList<>(List.of(sql));
    for (Finding finding : findings(sql)) {
      lines.add(
          "  | %s %s at %d:%d: %s"
              .formatted(
                  finding.severity(),
                  finding.rule(),
                  finding.line(),
                  finding.column(),
                  finding.what()));
      finding.safeWay().lines().forEach(line -> lines.add("  |   " + line));
    }
    if (lines.size() == 1) {
      lines.add("  | nothing");
    }
    return String.join("\n", lines);
  }

  private static void update(Path file, String content) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, content);
    }
  }

  @Test
  void every_rule_has_a_case() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Path file : files().toList()) {
      for (String script : scripts(file)) {
        findings(script).forEach(finding -> seen.add(finding.rule()));
      }
    }
    assertThat(seen).containsAll(Rules.all().stream().map(Rule::slug).toList());
  }

  @Test
  void the_safe_way_is_safe() throws IOException {
    for (Path file : files().toList()) {
      for (String script : scripts(file)) {
        findings(script).stream()
            .filter(finding -> finding.safeWay().endsWith(";"))
            .forEach(LintCasesTest::assertSafe);
      }
    }
  }

  private static void assertSafe(Finding finding) {
    for (String step : finding.safeWay().split("(?m)^(?=-- then)")) {
      String header =
          step.contains("-- tranche: phase=contract") ? Migrations.CONTRACT : Migrations.UNSTATED;
      String sql =
          step.replaceAll("/\\* the type of [^*]*\\*/", "text")
              .replace("/* with the same FOR VALUES */", "FOR VALUES IN (1)");
      var found = COMPILER.compile(Migrations.of(header + sql)).findings();
      assertThat(found)
          .as("%s: %s", finding.rule(), step)
          .noneMatch(f -> f.severity() == Severity.ERROR && !f.rule().equals("mixed-phases"));
    }
  }

  @Test
  void slugs_are_unique_and_the_page_lists_them_all() throws IOException {
    List<String> slugs = Rules.all().stream().map(Rule::slug).toList();
    assertThat(slugs).doesNotHaveDuplicates().hasSizeGreaterThan(25);
    String page = RulesPage.text();
    update(PAGE, page);
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }
}
