package tranche.config.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.config.Golden;
import tranche.core.release.ArtifactFile;
import tranche.core.release.Migration;
import tranche.core.release.Release;
import tranche.core.release.SchemaPhase;

final class ReleaseFolderTest {
  private static final Path CASES = Path.of("src/test/resources/release-cases");

  @TempDir private Path temp;

  static List<Path> cases() {
    return Golden.cases("release-cases", "");
  }

  private Path copy(String name) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name)).toRealPath();
    Golden.copy(CASES.resolve(name), folder);
    return folder;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_release_folder_is_read_or_refused_with_the_fix(Path original) throws IOException {
    Path folder = copy(original.getFileName().toString());
    Files.deleteIfExists(folder.resolve("expected.txt"));

    String outcome = Golden.outcome(folder, () -> ReleaseFolder.read(folder));

    Golden.check(original.resolve("expected.txt"), outcome);
  }

  @Test
  void a_release_folder_becomes_a_release() throws IOException {
    Path folder = copy("ok");

    Release release = ReleaseFolder.read(folder);

    assertThat(release.id().value()).isEqualTo("2026.11");
    assertThat(release.artifact().folder()).isEqualTo(folder.toString());
    assertThat(release.artifact().files())
        .extracting(ArtifactFile::path)
        .containsExactly("app/issue-tracker.jar", "app/lib/a.jar", "app/lib/b.jar");
    assertThat(release.artifact().files().getFirst().sha256())
        .isEqualTo("0163f1eea7894350060624d315234d40c508ab251ba121714e234503045faadd");
    assertThat(release.schema().migrations())
        .extracting(m -> m.version().value(), Migration::description, Migration::phase)
        .containsExactly(
            tuple("3", "base", SchemaPhase.EXPAND),
            tuple("3.1", "fill priority", SchemaPhase.BACKFILL),
            tuple("4", "drop old", SchemaPhase.CONTRACT));
    assertThat(release.schema().reads()).hasToString("3..4");
    assertThat(release.schema().preflight().getFirst().name()).isEqualTo("text_priority");
    assertThat(release.schema().touches()).containsExactly("issue");
  }

  @Test
  void a_version_without_quotes_stays_as_it_is_written() throws IOException {
    assertThat(ReleaseFolder.read(copy("ok-unquoted-versions")).id().value()).isEqualTo("2026.10");
  }

  @ParameterizedTest
  @CsvSource({"2026.10, 1", "2026.11, 4", "2026.12, 4"})
  void the_releases_of_the_example_application_are_read(String name, int migrations)
      throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name));
    Golden.copy(Path.of("../examples/issue-tracker/releases", name), folder);
    Files.createDirectories(folder.resolve("target/lib"));
    Files.writeString(folder.resolve("target/issue-tracker.jar"), "built later");
    Files.writeString(folder.resolve("target/lib/library.jar"), "built later");

    Release release = ReleaseFolder.read(folder);

    assertThat(release.id().value()).isEqualTo(name);
    assertThat(release.schema().migrations()).hasSize(migrations);
  }

  @Test
  void the_hash_does_not_depend_on_where_the_folder_is() throws IOException {
    Path moved = temp.resolve("moved");
    Golden.copy(CASES.resolve("ok"), moved);

    assertThat(ReleaseFolder.read(moved).hash()).isEqualTo(ReleaseFolder.read(copy("ok")).hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "release.yaml",
        "app/issue-tracker.jar",
        "app/lib/b.jar",
        "migrations/V3__base.sql",
        "preflight/text_priority.sql"
      })
  void every_file_of_the_release_is_in_the_hash(String file) throws IOException {
    Path folder = copy("ok");
    String before = ReleaseFolder.read(folder).hash();

    String text = Files.readString(folder.resolve(file));
    String changed = text.replace("4.19.0", "4.19.1");
    Files.writeString(folder.resolve(file), changed.equals(text) ? text + "\n-- more\n" : changed);

    assertThat(ReleaseFolder.read(folder).hash()).isNotEqualTo(before);
  }

  @Test
  void a_file_that_no_pattern_names_is_not_in_the_hash() throws IOException {
    Path folder = copy("ok");
    String before = ReleaseFolder.read(folder).hash();

    Files.writeString(folder.resolve("notes.txt"), "notes");

    assertThat(ReleaseFolder.read(folder).hash()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app/lib/c.jar", "migrations/V3_5__x.sql", "preflight/x.sql"})
  void a_symbolic_link_out_of_the_folder_is_refused(String link) throws IOException {
    Path folder = copy("ok");
    Path outside = Files.writeString(temp.resolve("outside"), "SELECT 1");
    Files.createSymbolicLink(folder.resolve(link), outside);

    assertThatThrownBy(() -> ReleaseFolder.read(folder))
        .hasMessageContaining("path-outside-release");
  }

  @Test
  void a_folder_that_is_a_symbolic_link_out_of_the_folder_is_refused() throws IOException {
    Path folder = copy("ok-without-migrations");
    Path outside = Files.createDirectories(temp.resolve("elsewhere"));
    Files.writeString(outside.resolve("x.jar"), "x");
    Files.delete(folder.resolve("app/lib/a.jar"));
    Files.delete(folder.resolve("app/lib/b.jar"));
    Files.delete(folder.resolve("app/lib"));
    Files.createSymbolicLink(folder.resolve("app/lib"), outside);

    assertThatThrownBy(() -> ReleaseFolder.read(folder))
        .hasMessageContaining("path-outside-release");
  }

  @Test
  void a_symbolic_link_inside_the_folder_is_followed() throws IOException {
    Path folder = copy("ok");
    Files.createSymbolicLink(folder.resolve("app/lib/c.jar"), Path.of("b.jar"));

    assertThat(ReleaseFolder.read(folder).artifact().files()).hasSize(4);
  }
}
