package tranche.config.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;

final class PairFolderTest {
  @TempDir private Path folder;

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "SELECT '" + name + " ${left alone}';\n");
    }
  }

  private FolderReading read() {
    return MigrationFolder.read(folder, FolderSettings.DEFAULTS);
  }

  private static String down(SourceMigration migration) {
    return migration.down().map(SqlScript::name).orElse("-");
  }

  @Test
  void numbers_and_timestamps_order_pairs() throws IOException {
    write("010_tenth.up.sql", "010_tenth.down.sql", "9_ninth_step.up.sql", "11.up.sql");
    write("20261103120000_last_one.up.sql", "20261103120000_last_one.down.sql");

    FolderReading reading = read();

    assertThat(reading.set().format()).isEqualTo(FolderFormat.UP_DOWN);
    assertThat(reading.set().migrations())
        .extracting(m -> m.key().text(), SourceMigration::description, PairFolderTest::down)
        .containsExactly(
            tuple("9", "ninth step", "-"),
            tuple("10", "tenth", "010_tenth.down.sql"),
            tuple("11", "", "-"),
            tuple("20261103120000", "last one", "20261103120000_last_one.down.sql"));
    assertThat(reading.notes()).isEmpty();
  }

  @Test
  void placeholders_stay_because_the_format_has_none() throws IOException {
    write("1_x.up.sql");

    assertThat(read().set().migrations().getFirst().up().text())
        .isEqualTo("SELECT '1_x.up.sql ${left alone}';\n");
  }

  @Test
  void the_script_for_postgres_takes_the_place_of_the_general_one() throws IOException {
    write("1_x.up.sql", "1_x.postgres.up.sql", "1_x.down.sql", "1_x.mysql.up.sql");
    write("2_y.postgresql.up.sql", "2_y.sqlite.down.sql", "3_only.mysql.up.sql");
    write("4_v1.2_fix.up.sql");

    FolderReading reading = read();

    assertThat(reading.set().migrations())
        .extracting(m -> m.up().name(), PairFolderTest::down, SourceMigration::description)
        .containsExactly(
            tuple("1_x.postgres.up.sql", "1_x.down.sql", "x"),
            tuple("2_y.postgresql.up.sql", "-", "y"),
            tuple("4_v1.2_fix.up.sql", "-", "v1.2 fix"));
    assertThat(reading.notes())
        .extracting(FolderNote::toString)
        .containsExactly(
            "1_x.mysql.up.sql: it is for mysql",
            "1_x.up.sql: 1_x.postgres.up.sql takes its place on PostgreSQL",
            "2_y.sqlite.down.sql: it is for sqlite",
            "3_only.mysql.up.sql: it is for mysql");
  }

  @Test
  void what_does_not_fit_together_is_refused() throws IOException {
    write("1_x.down.sql", "2_a.up.sql", "02_b.up.sql", "3_p.pg.up.sql", "3_p.postgres.up.sql");

    assertThat(Refusal.codes(this::read))
        .isEqualTo(List.of("duplicate-migration", "duplicate-migration", "down-without-up"));
  }

  @Test
  void both_formats_in_one_folder_are_refused() throws IOException {
    write("1_x.up.sql", "sub/V2__y.sql");

    assertThat(Refusal.codes(this::read)).isEqualTo(List.of("mixed-migration-formats"));
  }
}
