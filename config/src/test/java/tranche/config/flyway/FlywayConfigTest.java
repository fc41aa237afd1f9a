package tranche.config.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.config.migration.FlywayNames;
import tranche.config.migration.FolderNote;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.PlaceholderRules.Replacement;
import tranche.core.release.SchemaVersion;

final class FlywayConfigTest {
  private static final String CONF =
      """
      # all of it
      flyway.url=jdbc:postgresql://db/app?password=s3cret
      flyway.password = s3cret
      flyway.locations=filesystem:db/migration,filesystem:/opt/more
      flyway.callbackLocations=callbacks
      flyway.placeholders.country = NO
      flyway.placeholders.two.parts=a=b
      flyway.placeholders.long=one \\
        two
      flyway.placeholderPrefix=#[
      flyway.placeholderSuffix=]
      flyway.sqlMigrationPrefix=M
      flyway.sqlMigrationSuffixes=.sql,.psql
      flyway.table=history
      flyway.schemas=tenant_1, tenant_2
      flyway.defaultSchema=tenant_1
      flyway.baselineVersion=3_1
      flyway.baselineDescription=start
      flyway.outOfOrder=TRUE
      flyway.target=latest
      flyway.group=true
      """;

  private static final String TOML =
      """
      # all of it
      id = "abc"
      [environments.default]
      url = "jdbc:postgresql://db/app?password=s3cret" # not ours
      password = 's3cret'
      schemas = ["tenant_1", 'tenant_2']
      [flyway]
      locations = [
        "filesystem:db/migration", # first
        "filesystem:/opt/more",
      ]
      callbackLocations = ["callbacks"]
      placeholderPrefix = "\\u0023["
      placeholderSuffix = ']'
      sqlMigrationPrefix = "M"
      sqlMigrationSuffixes = [".sql", ".psql"]
      table = "history"
      defaultSchema = "tenant_1"
      baselineVersion = "3_1"
      baselineDescription = '''start'''
      outOfOrder = true
      group = true
      [flyway.placeholders]
      country = "NO"
      two.parts = "a=b"
      "long" = \"""one \\
          two\"""
      """;

  @TempDir private Path folder;

  private FlywayConfig read(String name, String text) {
    try {
      return FlywayConfig.read(Files.writeString(folder.resolve(name), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_conf_file_is_read() {
    FlywayConfig config = read("flyway.conf", CONF);

    assertSaid(config);
    assertThat(config.notes())
        .extracting(FolderNote::name)
        .containsExactly("flyway.group", "flyway.password", "flyway.url");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void a_toml_file_is_read() {
    FlywayConfig config = read("flyway.toml", TOML);

    assertSaid(config);
    assertThat(config.notes())
        .extracting(FolderNote::name)
        .containsExactly(
            "environments.default.password", "environments.default.url", "flyway.group", "id");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  private void assertSaid(FlywayConfig config) {
    assertThat(config.locations())
        .containsExactly(
            folder.resolve("db/migration"), Path.of("/opt/more"), folder.resolve("callbacks"));
    FolderSettings settings = config.settings();
    assertThat(settings.placeholders().values())
        .isEqualTo(Map.of("country", "NO", "two.parts", "a=b", "long", "one two"));
    assertThat(settings.placeholders().prefix()).isEqualTo("#[");
    assertThat(settings.placeholders().suffix()).isEqualTo("]");
    assertThat(settings.names())
        .isEqualTo(new FlywayNames("M", "U", "R", "B", "__", List.of(".sql", ".psql")));
    assertThat(settings.historyTable()).isEqualTo("history");
    assertThat(config.schemas()).containsExactly("tenant_1", "tenant_2");
    assertThat(config.defaultSchema()).contains("tenant_1");
    assertThat(config.policy())
        .isEqualTo(
            new FlywayConfig.Policy(
                Optional.of(new SchemaVersion("3.1")),
                Optional.of("start"),
                Optional.empty(),
                Optional.of(true),
                Optional.empty()));
  }

  @Test
  void replacement_can_be_switched_off() {
    assertThat(
            read("flyway.conf", "flyway.placeholderReplacement=false")
                .settings()
                .placeholders()
                .replacement())
        .isEqualTo(Replacement.OFF);
  }

  @Test
  void an_empty_file_changes_nothing() {
    assertThat(read("flyway.conf", "").settings()).isEqualTo(FolderSettings.DEFAULTS);
    assertThat(read("flyway.toml", "").settings()).isEqualTo(FolderSettings.DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\nnonsense s3cret",
        "\n=s3cret",
        "\nflyway.locations=classpath:db",
        "\nflyway.locations=filesystem:db/**",
        "\nflyway.encoding=ISO-8859-1",
        "\nflyway.outOfOrder=s3cret",
        "\nflyway.baselineVersion=s3cret",
        "\nflyway.placeholders.a=${SECRET_s3cret}"
      })
  void what_cannot_be_followed_in_a_conf_file_is_refused_with_its_line(String text) {
    assertThatThrownBy(() -> read("flyway.conf", text))
        .hasMessageContaining("flyway-config-line: Line 2")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\na",
        "\na = ",
        "\na = \"s3cret",
        "\na = 's3cret\n'",
        "\na = [1, 2",
        "\na = [1 2]",
        "\na = {b = 1",
        "\na = 1 b = 2",
        "\na = \"\\q\"",
        "\na = \"\\uZZZZ\"",
        "\n[a",
        "\n[]",
        "\na = '''s3cret"
      })
  void what_is_no_toml_is_refused_with_its_line(String text) {
    assertThatThrownBy(() -> read("flyway.toml", text))
        .hasMessageContaining("flyway-config-line: Line ")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void a_key_given_twice_and_endless_nesting_are_refused() {
    assertThatThrownBy(() -> read("flyway.toml", "a = 1\na = 2")).hasMessageContaining("Line 2");
    assertThatThrownBy(() -> read("flyway.toml", "a = " + "[".repeat(100_000)))
        .hasMessageContaining("too deeply");
  }
}
