package tranche.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tranche.tidy.source.Habits;
import tranche.tidy.source.JavaSource;
import tranche.tidy.source.Packages;
import tranche.tidy.source.Parameters;
import tranche.tidy.source.Sizes;

/// Each rule about sources fails on a planted source that breaks it, and only then.
class SourceRulesTest {
  private static final String MAIN = "core/src/main/java/tranche/core/x/A.java";
  private static final String TEST = "core/src/test/java/tranche/core/x/ATest.java";

  @Test
  void a_method_of_61_lines_is_named_and_one_of_60_is_fine() {
    assertThat(Sizes.violations(source(MAIN, methodOf(61))))
        .singleElement()
        .asString()
        .contains("longOne has 61 lines, allowed are 60");
    assertThat(Sizes.violations(source(MAIN, methodOf(60)))).isEmpty();
  }

  @Test
  void a_file_of_401_lines_is_named_but_a_test_may_have_600() {
    assertThat(Sizes.violations(source(MAIN, "//\n".repeat(401)))).hasSize(1);
    assertThat(Sizes.violations(source(MAIN, "//\n".repeat(400)))).isEmpty();
    assertThat(Sizes.violations(source(TEST, "//\n".repeat(600)))).isEmpty();
    assertThat(Sizes.violations(source(TEST, "//\n".repeat(601)))).hasSize(1);
  }

  @Test
  void a_line_of_121_characters_is_named() {
    assertThat(Sizes.violations(source(MAIN, "//" + "x".repeat(119)))).hasSize(1);
    assertThat(Sizes.violations(source(MAIN, "//" + "x".repeat(118)))).isEmpty();
  }

  @Test
  void a_sixth_parameter_is_named() {
    assertThat(
            Parameters.violations(
                source(MAIN, "class A { A(int a,int b,int c,int d,int e,int f){} }")))
        .singleElement()
        .asString()
        .startsWith("too-many-parameters")
        .contains("6 parameters");
    assertThat(
            Parameters.violations(source(MAIN, "class A { A(int a,int b,int c,int d,int e){} }")))
        .isEmpty();
  }

  @Test
  void components_of_a_record_are_not_parameters() {
    String record = "public record A(int a,int b,int c,int d,int e,boolean f) { public A { } }";

    assertThat(Parameters.violations(source(MAIN, record))).isEmpty();
  }

  @Test
  void a_public_boolean_parameter_in_core_is_named() {
    String type = "public class A { public void go(boolean fast) {} }";
    String port = "public interface A { void go(boolean fast); }";

    assertThat(Parameters.violations(source(MAIN, type))).hasSize(1);
    assertThat(Parameters.violations(source(MAIN, port))).hasSize(1);
    assertThat(Parameters.violations(source(MAIN.replace("core/", "app/"), type))).isEmpty();
    assertThat(Parameters.violations(source(MAIN, type.replace("public void", "private void"))))
        .isEmpty();
  }

  @Test
  void a_package_called_like_the_folder_of_builds_is_named() {
    JavaSource hidden =
        source(MAIN.replace("/x/", "/target/"), "package tranche.core.target; class A {}");

    assertThat(Packages.violations(List.of(hidden)))
        .anySatisfy(violation -> assertThat(violation.toString()).contains("build output"));
  }

  @Test
  void a_package_called_util_is_named() {
    JavaSource util =
        source(MAIN.replace("/x/", "/util/"), "package tranche.core.util; class A {}");

    assertThat(rules(Packages.violations(List.of(util)))).contains(Packages.NAME);
  }

  @Test
  void a_package_without_package_info_is_named() {
    JavaSource lonely = source(MAIN, "package tranche.core.x; class A {}");

    assertThat(rules(Packages.violations(List.of(lonely)))).containsExactly(Packages.INFO);
    assertThat(
            Packages.violations(
                List.of(lonely, info("/// Why.\n@NullMarked package tranche.core.x;"))))
        .isEmpty();
  }

  @Test
  void a_package_info_without_null_marked_or_without_words_is_named() {
    assertThat(Packages.violations(List.of(info("/// Why.\npackage tranche.core.x;")))).hasSize(1);
    assertThat(Packages.violations(List.of(info("@NullMarked package tranche.core.x;"))))
        .hasSize(1);
    assertThat(
            Packages.violations(List.of(info("/// Why.\n".repeat(26) + "@NullMarked package x;"))))
        .hasSize(1);
  }

  @Test
  void a_sleep_in_a_test_is_named() {
    String sleepy = "class A { void a() throws Exception { Thread.sleep(5); } }";

    assertThat(rules(Habits.violations(source(TEST, sleepy)))).containsExactly(Habits.SLEEP);
    assertThat(Habits.violations(source(MAIN, sleepy))).isEmpty();
  }

  @Test
  void a_disabled_test_is_named() {
    assertThat(rules(Habits.violations(source(TEST, "class A { @Disabled @Test void a() {} }"))))
        .containsExactly(Habits.DISABLED);
  }

  @Test
  void catching_everything_is_named() {
    assertThat(rules(Habits.violations(source(MAIN, catching("Exception")))))
        .containsExactly(Habits.BROAD_CATCH);
    assertThat(rules(Habits.violations(source(MAIN, catching("Throwable")))))
        .containsExactly(Habits.BROAD_CATCH);
    assertThat(Habits.violations(source(MAIN, catching("java.io.IOException")))).isEmpty();
  }

  @Test
  void a_note_to_oneself_is_named() {
    assertThat(rules(Habits.violations(source(MAIN, "class A {} // TO" + "DO later"))))
        .containsExactly(Habits.LEFTOVER);
    assertThat(Habits.violations(source(MAIN, "class TodoList {}"))).isEmpty();
  }

  private static String methodOf(int lines) {
    return "class A {\nvoid longOne() {\n" + "int a;\n".repeat(lines - 2) + "}\n}\n";
  }

  private static String catching(String type) {
    return "class A { void a() { try { a(); } catch (" + type + " e) { throw e; } } }";
  }

  private static JavaSource info(String text) {
    return source(MAIN.replace("A.java", "package-info.java"), text);
  }

  private static JavaSource source(String path, String text) {
    return JavaSource.of(path, text).getFirst();
  }

  private static List<String> rules(List<Violation> violations) {
    return new ArrayList<>(violations.stream().map(Violation::rule).toList());
  }
}
