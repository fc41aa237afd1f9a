package tranche.config.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.resource.ResourceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.migration.FlywayChecksum;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.StorePlaceholder;

/// Reads the same folders with Flyway's own library.
final class SameAsFlywayTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "country",
          "NO",
          "Mixed.Case",
          "yes",
          "empty",
          "",
          "lines",
          "a\r\nb",
          "self",
          "${country}");
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "flyway:defaultSchema", "tenant_7",
          "flyway:database", "db3",
          "flyway:user", "mover",
          "flyway:table", "flyway_schema_history");
  private static final Map<StorePlaceholder, String> STORE =
      Map.of(
          StorePlaceholder.SCHEMA, "tenant_7",
          StorePlaceholder.DATABASE, "db3",
          StorePlaceholder.USER, "mover");

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void assertSame() {
    FolderReading ours =
        MigrationFolder.read(folder, FolderSettings.DEFAULTS.withPlaceholders(VALUES));
    List<ResolvedMigration> theirs = RealFlyway.resolve(folder, VALUES, BUILT_IN);
    assertThat(theirs).isNotEmpty();
    assertThat(ours.set().migrations().stream().map(SameAsFlywayTest::said).toList())
        .containsExactlyElementsOf(
            theirs.stream()
                .map(m ->
                    tuple(
                        m.getVersion() == null ? "" : m.getVersion().getVersion(),
                        m.getDescription(),
                        m.getScript(),
                        m.getChecksum()))
                .toList());
  }

  private static Tuple said(SourceMigration m) {
    return switch (m.key()) {
      case MigrationKey.Version(var version) ->
          tuple(version.value(), m.description(), m.up().name(), m.up().flywayChecksum());
      case MigrationKey.Repeatable _ ->
          tuple(
              "",
              m.description(),
              m.up().name(),
              FlywayChecksum.of(StorePlaceholder.replace(m.up().text(), STORE)));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1;",
        "SELECT 1;\n",
        "SELECT 1;\r\nSELECT 2;\r\n",
        "SELECT 1;\rSELECT 2;\r",
        "\n\n\nSELECT 1;\n\n\r\n\r\r\n",
        "\uFEFFSELECT 1;\nSELECT 2;",
        "\uFEFF\nSELECT 1;",
        "",
        "\n",
        "-- Ærøskøbing \uD83D\uDE80 日本\nSELECT 'ß';\n",
        "SELECT 1;\u2028SELECT 2;\u0085\u000B\f",
        "  trailing blanks   \n\tand tabs\t\n"
      })
  void line_ends_marks_and_letters_give_the_same_checksum(String text) throws IOException {
    write("V1__x.sql", text);
    write("R__y.sql", text);

    assertSame();
  }

  @Test
  void random_texts_give_the_same_checksum() throws IOException {
    Random random = new Random(20261103);
    String letters = "ab;' \n\r\u00E6\u65E5$-";
    for (int i = 1; i <= 200; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(300);
      for (int j = 0; j < length; j++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      write("V" + i + "__x.sql", text.toString());
      write("R__x" + i + ".sql", text.toString());
    }

    assertSame();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '${country}';",
        "-- ${country} in a comment /* ${COUNTRY} */\nSELECT '${mixed.case}${empty}x${lines}';",
        "${self} is not replaced twice",
        "$${country} $$${country} $$$${country} $a${country} ${country}${country}",
        "DO $$BEGIN RAISE NOTICE '${country}'; END$$;",
        "CREATE TABLE ${flyway:defaultSchema}.t (); -- ${flyway:database} ${flyway:user}",
        "-- ${flyway:table} ${FLYWAY:TABLE} ${flyway:filename}",
        "a $ { country } $ {country} ${country",
      })
  void placeholders_give_the_same_checksum(String text) throws IOException {
    String closed = text.endsWith("}") || !text.endsWith("${country") ? text : text + "}";
    write("R__some_long_name.sql", closed);
    write("sub/R__b_c.sql", closed);
    write("V1__x.sql", closed);

    assertSame();
  }

  @Test
  void a_script_configuration_switches_placeholders_off() throws IOException {
    write("R__x.sql", "SELECT '${country} ${unknown}';");
    write("R__x.sql.conf", "placeholderReplacement=false\n");
    write("V1__x.sql", "SELECT '${unknown}';");
    write("V1__x.sql.conf", "# why\nexecuteInTransaction=false\nplaceholderReplacement=false");

    assertSame();
  }

  @Test
  void folders_versions_and_descriptions_are_the_same() throws IOException {
    List<String> names =
        List.of(
            "V1__first.sql",
            "V1_1__second_step.sql",
            "V1.1.5__dots.and__more.sql",
            "V002__leading_zeros.sql",
            "V2.10__ten.sql",
            "V2.9__nine.sql",
            "V3.sql",
            "V4__.sql",
            "V5___x.sql",
            "V20261103120000__timestamp.sql",
            "V6__UPPER.SQL",
            "sub/V7__below.sql",
            "sub/deep/er/V8__below.sql",
            "other place/V9__with blank.sql",
            "R__zeta.sql",
            "R__alpha_1.sql",
            "sub/R__Beta.sql",
            "README.md",
            "beforeMigrate.sql",
            "afterMigrate__log_it.sql");
    for (String name : names) {
      write(name, "SELECT '" + name + "';");
    }

    assertSame();
  }

  @Test
  void names_are_understood_or_refused_alike() {
    Random random = new Random(7);
    List<String> parts =
        List.of(
            "V", "R", "1", "01", "_", "__", ".", "2", "x", "a b", "beforeMigrate", "after", "é");
    ScriptNames ours = new ScriptNames(FlywayNames.DEFAULTS);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      int length = 1 + random.nextInt(6);
      for (int j = 0; j < length; j++) {
        name.append(parts.get(random.nextInt(parts.size())));
      }
      String fileName = name + ".sql";
      ResourceName theirs = RealFlyway.name(fileName);
      ScriptName mine = ours.parse(fileName);
      switch (mine) {
        case ScriptName.Versioned(var version, var description) -> {
          assertThat(theirs.isValid()).as(fileName).isTrue();
          assertThat(theirs.getVersion().getVersion()).isEqualTo(version.value());
          assertThat(theirs.getDescription()).isEqualTo(description);
          understood++;
        }
        case ScriptName.Repeatable(var description) -> {
          assertThat(theirs.isValid()).as(fileName).isTrue();
          assertThat(theirs.getDescription()).isEqualTo(description);
          understood++;
        }
        case ScriptName.CallbackScript(var event, var description) -> {
          assertThat(theirs.isValid()).as(fileName).isTrue();
          assertThat(theirs.getPrefix()).isEqualTo(event.flywayName());
          assertThat(theirs.getDescription()).isEqualTo(description);
        }
        case ScriptName.NotUnderstood(var why) -> {
          boolean isStricter =
              why.contains("known by its description") || why.contains("a version");
          assertThat(theirs.isValid() && !isStricter).as(fileName + ": " + why).isFalse();
        }
        default -> throw new AssertionError(fileName + ": " + mine);
      }
    }
    assertThat(understood).isGreaterThan(100);
  }
}
