package tranche.app.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each folder below `src/test/resources/schema-cases` is a test; its name is the sentence that it
/// proves. A folder has
///
/// - `migrations/`, exactly as a user has them, and further ones that steps name;
/// - `before.sql`, run in each store before anything else; lines `-- in t2:`, `-- in all:` and `--
///   in database:` say where what follows is run;
/// - `steps`, one per line, see [CaseStep]; without it the folder is applied once;
/// - `writers.sql`, what an application of the old release writes over and over meanwhile;
/// - `case.properties`: `stores` (names with `|` between), `extra` (a schema that is made too),
///   `placeholder.NAME`, `lock-timeout` and `lock-tries`, `count` (how to count what writers
///   wrote);
/// - `look.sql`, one query per line whose rows are part of what is expected;
/// - `expect`, what must come out.
///
/// `-Dcases.update=true` writes `expect` anew, to be read before it is believed.
/// `-Dcases.only=TEXT` runs those whose names contain the text.
class SchemaCasesTest {
  private static final Path CASES = Path.of("src", "test", "resources", "schema-cases");
  private static final boolean UPDATES = Boolean.getBoolean("cases.update");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    String only = System.getProperty("cases.only", "");
    return folders().stream()
        .filter(folder -> name(folder).contains(only))
        .map(folder ->
            DynamicTest.dynamicTest(
                name(folder), folder.toUri(), () -> play(CaseFolder.of(folder))));
  }

  @Test
  void there_are_at_least_forty() throws IOException {
    assertThat(folders()).hasSizeGreaterThanOrEqualTo(40);
  }

  private static void play(CaseFolder folder) throws Exception {
    String seen;
    try (var database = CaseDatabase.fresh(folder.stores());
        var run = new CaseRun(folder, database)) {
      seen = run.play();
    }
    if (UPDATES) {
      Files.writeString(folder.file("expect"), seen);
    }
    assertThat(seen).isEqualTo(folder.text("expect"));
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(CASES)) {
      return found.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static String name(Path folder) {
    return folder.getFileName().toString().replace('_', ' ');
  }
}
