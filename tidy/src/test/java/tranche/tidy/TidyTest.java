package tranche.tidy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tranche.tidy.bytecode.Arrows;
import tranche.tidy.bytecode.Cycles;
import tranche.tidy.bytecode.Jdbc;
import tranche.tidy.bytecode.Purity;
import tranche.tidy.files.Links;
import tranche.tidy.files.Places;
import tranche.tidy.problem.ProblemCodes;
import tranche.tidy.problem.ProblemPages;
import tranche.tidy.source.Habits;
import tranche.tidy.source.JavaSource;
import tranche.tidy.source.Packages;
import tranche.tidy.source.Parameters;
import tranche.tidy.source.Sizes;

/// The house rules, held against this repository.
class TidyTest {
  private static final Repository REPOSITORY =
      new Repository(Path.of(System.getProperty("tranche.root")));

  private static List<JavaSource> sources;
  private static JavaClasses classes;
  private static ProblemCodes problems;

  @BeforeAll
  static void read() throws IOException {
    sources = JavaSource.of(REPOSITORY);
    classes = new ClassFileImporter().importPaths(REPOSITORY.classFolders());
    problems = ProblemCodes.of(classes);
  }

  @Test
  void modules_use_only_what_their_place_allows() throws IOException {
    holds(Arrows.violations(classes), Arrows.RULE);
  }

  @Test
  void packages_form_no_cycle() throws IOException {
    holds(Cycles.violations(classes), Cycles.RULE);
  }

  @Test
  void what_decides_reads_no_clock_draws_no_random_and_does_no_io() throws IOException {
    holds(Purity.violations(classes), Purity.RULE);
  }

  @Test
  void only_postgres_knows_jdbc() throws IOException {
    holds(Jdbc.violations(classes), Jdbc.RULE);
  }

  @Test
  void packages_have_names_that_say_something() throws IOException {
    holds(Packages.violations(sources), Packages.NAME);
  }

  @Test
  void packages_say_what_they_are_for_and_are_null_marked() throws IOException {
    holds(Packages.violations(sources), Packages.INFO);
  }

  @Test
  void methods_files_and_lines_are_short_enough_to_read() throws IOException {
    holds(perFile(Sizes::violations), Sizes.RULE);
  }

  @Test
  void methods_take_at_most_five_parameters() throws IOException {
    holds(perFile(Parameters::violations), Parameters.TOO_MANY);
  }

  @Test
  void public_methods_of_core_and_engine_take_no_boolean() throws IOException {
    holds(perFile(Parameters::violations), Parameters.BOOLEAN);
  }

  @Test
  void tests_wait_for_states_and_never_sleep() throws IOException {
    holds(perFile(Habits::violations), Habits.SLEEP);
  }

  @Test
  void no_test_is_disabled() throws IOException {
    holds(perFile(Habits::violations), Habits.DISABLED);
  }

  @Test
  void nothing_catches_everything_but_the_three_outermost_places() throws IOException {
    holds(perFile(Habits::violations), Habits.BROAD_CATCH);
  }

  @Test
  void no_note_to_oneself_is_left() throws IOException {
    holds(perFile(Habits::violations), Habits.LEFTOVER);
  }

  @Test
  void every_problem_has_a_code_of_its_own() throws IOException {
    holds(problems.violations(), ProblemCodes.RULE);
  }

  @Test
  void every_problem_has_a_page_and_every_page_a_problem() throws IOException {
    holds(ProblemPages.violations(problems, REPOSITORY), ProblemPages.RULE);
  }

  @Test
  void no_file_names_a_path_of_one_machine() throws IOException {
    holds(Places.violations(REPOSITORY), Places.MACHINE_PATH);
  }

  @Test
  void no_file_names_a_package_registry() throws IOException {
    holds(Places.violations(REPOSITORY), Places.REGISTRY);
  }

  @Test
  void every_link_between_documents_leads_somewhere() throws IOException {
    holds(Links.violations(REPOSITORY), Links.RULE);
  }

  private static List<Violation> perFile(Function<JavaSource, List<Violation>> rule) {
    return sources.stream().map(rule).flatMap(List::stream).toList();
  }

  private static void holds(List<Violation> violations, String rule) throws IOException {
    Exceptions exceptions = Exceptions.read(REPOSITORY.root().resolve("tidy/exceptions.txt"));
    List<Violation> ofRule =
        violations.stream().filter(violation -> violation.rule().equals(rule)).toList();
    List<Violation> left = new ArrayList<>(exceptions.without(ofRule));
    left.addAll(exceptions.unused(rule));
    assertThat(left)
        .withFailMessage(() ->
            "STYLE.md has the reasons. Where the rule is wrong for a place, say why in"
                + " tidy/exceptions.txt.\n"
                + left.stream().map(Violation::toString).collect(joining("\n")))
        .isEmpty();
  }
}
