package tranche.config.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.config.migration.NewMigration.NewFile;
import tranche.config.migration.NewMigration.TakingBack;
import tranche.config.migration.NewMigration.Wish;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.release.SchemaPhase;

final class NewMigrationTest {
  private static final String NOW = "20261103120000";

  @TempDir private Path folder;

  private List<NewFile> files(Wish wish) {
    MigrationSet set = MigrationFolder.read(folder, FolderSettings.DEFAULTS).set();
    return NewMigration.files(set, wish);
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
  }

  private static Wish wish(MigrationKind kind, TakingBack takingBack) {
    return new Wish("Add priority!", kind, takingBack, Optional.empty(), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "V9__x.sql, V10__add_priority.sql, U10__add_priority.sql",
    "V009__x.sql, V010__add_priority.sql, U010__add_priority.sql",
    "V1.9__x.sql, V1.10__add_priority.sql, U1.10__add_priority.sql",
    "V1_9__x.sql, V1_10__add_priority.sql, U1_10__add_priority.sql",
    "V20261101090000__x.sql, V20261103120000__add_priority.sql, U20261103120000__add_priority.sql",
    "V20261103120000__x.sql, V20261103120001__add_priority.sql, U20261103120001__add_priority.sql",
    "V202611010900__x.sql, V202611031200__add_priority.sql, U202611031200__add_priority.sql",
    "V20261101__x.sql, V20261103__add_priority.sql, U20261103__add_priority.sql",
    "2026/V4__x.sql, 2026/V5__add_priority.sql, 2026/U5__add_priority.sql",
    "R__x.sql, V1__add_priority.sql, U1__add_priority.sql",
    "000009_x.up.sql, 000010_add_priority.up.sql, 000010_add_priority.down.sql",
    "9_x.postgres.up.sql, 10_add_priority.up.sql, 10_add_priority.down.sql",
    "20261101090000_x.up.sql, 20261103120000_add_priority.up.sql,"
        + " 20261103120000_add_priority.down.sql"
  })
  void the_next_version_is_written_as_the_last_one_is(String last, String next, String back)
      throws IOException {
    write(last);

    assertThat(files(wish(MigrationKind.VERSIONED, TakingBack.WITH_SCRIPT)))
        .containsExactly(
            new NewFile(next, "-- Add priority!\n\n"), new NewFile(back, "-- Add priority!\n\n"));
    assertThat(files(wish(MigrationKind.VERSIONED, TakingBack.WITHOUT_SCRIPT))).hasSize(1);
  }

  @Test
  void an_empty_folder_begins_with_the_first_version() {
    assertThat(files(wish(MigrationKind.VERSIONED, TakingBack.WITHOUT_SCRIPT)))
        .extracting(NewFile::name)
        .containsExactly("V1__add_priority.sql");
    MigrationSet pairs = new MigrationSet("x", FolderFormat.UP_DOWN, List.of(), List.of());
    assertThat(NewMigration.files(pairs, wish(MigrationKind.VERSIONED, TakingBack.WITHOUT_SCRIPT)))
        .extracting(NewFile::name)
        .containsExactly("000001_add_priority.up.sql");
  }

  @Test
  void a_phase_is_in_the_header_and_in_the_folder_where_folders_are_phases() throws IOException {
    write("expand/V1__x.sql");
    Wish wish =
        new Wish(
            "drop  it",
            MigrationKind.VERSIONED,
            TakingBack.WITHOUT_SCRIPT,
            Optional.of(SchemaPhase.CONTRACT),
            NOW);

    List<NewFile> files = files(wish);

    assertThat(files)
        .containsExactly(
            new NewFile("contract/V2__drop_it.sql", "-- tranche: phase=contract\n-- drop  it\n\n"));
  }

  @Test
  void repeatables_and_baselines_have_names_of_their_own() throws IOException {
    write("V7__x.sql");

    assertThat(files(wish(MigrationKind.REPEATABLE, TakingBack.WITH_SCRIPT)))
        .extracting(NewFile::name)
        .containsExactly("R__add_priority.sql");
    assertThat(files(wish(MigrationKind.BASELINE, TakingBack.WITH_SCRIPT)))
        .extracting(NewFile::name)
        .containsExactly("B7__add_priority.sql");
  }

  @Test
  void pairs_have_no_repeatables() throws IOException {
    write("1_x.up.sql");

    assertThat(
            Refusal.codes(() -> files(wish(MigrationKind.REPEATABLE, TakingBack.WITHOUT_SCRIPT))))
        .containsExactly("new-migration-refused");
  }

  @Test
  void what_is_written_is_read_again() throws IOException {
    write("V1__x.sql");
    for (NewFile file : files(wish(MigrationKind.VERSIONED, TakingBack.WITH_SCRIPT))) {
      Files.writeString(folder.resolve(file.name()), file.text());
    }

    assertThat(MigrationFolder.read(folder, FolderSettings.DEFAULTS).set().migrations())
        .extracting(m -> m.key().text())
        .containsExactly("1", "2");
  }

  @Test
  void a_time_has_14_digits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Wish(
                "x",
                MigrationKind.VERSIONED,
                TakingBack.WITHOUT_SCRIPT,
                Optional.empty(),
                "2026-11-03"));
  }
}
