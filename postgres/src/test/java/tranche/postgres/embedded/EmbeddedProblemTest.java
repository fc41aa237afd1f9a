package tranche.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EmbeddedProblemTest {
  private static final Path PATH = Path.of("/srv/store");
  private static final String SAID = "FATAL:  no";

  static Stream<EmbeddedProblem> all() {
    return Stream.of(
        new EmbeddedProblem.BinariesMissing("Plan 9", "mips"),
        new EmbeddedProblem.ArchiveRefused("../x", "it leads out"),
        new EmbeddedProblem.FolderUnusable(PATH, "read-only"),
        new EmbeddedProblem.FolderBusy(PATH, Duration.ofSeconds(3)),
        new EmbeddedProblem.DiskFull(PATH, 1, 160),
        new EmbeddedProblem.InitFailed("ended with code 1", SAID),
        new EmbeddedProblem.StartFailed("ended", SAID),
        new EmbeddedProblem.StartTooSlow(Duration.ofSeconds(3), SAID),
        new EmbeddedProblem.StopFailed(17, Duration.ofSeconds(3)),
        new EmbeddedProblem.PasswordRefused(PATH, "missing"),
        new EmbeddedProblem.OtherMajorVersion(PATH, "17", "18"),
        new EmbeddedProblem.NoAccount("unshare: not installed"),
        new EmbeddedProblem.FolderOutOfReach(PATH, Path.of("/srv"), "uid 0"),
        new EmbeddedProblem.ToolMissing("setsid"),
        new EmbeddedProblem.ParameterRefused("fsync", "is fixed"));
  }

  @Test
  void every_problem_is_listed_here_once() {
    assertThat(all().map(Object::getClass).map(Class::getName))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EmbeddedProblem.class.getPermittedSubclasses())
                .map(Class::getName)
                .toList());
    assertThat(all().map(EmbeddedProblem::code)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void every_problem_says_what_why_and_fix_and_has_its_page(EmbeddedProblem problem)
      throws IOException {
    assertThat(List.of(problem.what(), problem.why(), problem.fix()))
        .allSatisfy(text -> assertThat(text).isNotBlank().endsWith("."));
    var page = Path.of("../docs/reference/problems", problem.code() + ".md");
    assertThat(Files.readString(page)).startsWith("# " + problem.code() + "\n");
  }

  @Test
  void a_platform_without_programs_has_no_archive() {
    assertThat(Binaries.class.getResource(Binaries.resource("Linux", "amd64"))).isNotNull();
    assertThat(Binaries.class.getResource(Binaries.resource("Linux", "aarch64"))).isNotNull();
    assertThat(Binaries.class.getResource(Binaries.resource("Mac OS X", "aarch64"))).isNull();
    assertThat(Binaries.class.getResource(Binaries.resource("Linux", "riscv64"))).isNull();
  }
}
