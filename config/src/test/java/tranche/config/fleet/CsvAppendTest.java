package tranche.config.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tranche.config.problem.Where;

/// What is there stays byte for byte, whatever its form.
class CsvAppendTest {
  private static final TenantRow ACME = row(Map.of("id", "acme", "tier", "basic"));

  @TempDir private Path folder;

  private static TenantRow row(Map<String, String> columns) {
    return TenantRow.of(columns, Where.file("here"));
  }

  private TenantSource.Csv file(String text) throws IOException {
    Path file = folder.resolve("tenants.csv");
    Files.writeString(file, text);
    return new TenantSource.Csv(file, Where.file("tranche.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,tier^             | acme,basic^                    | 2",
        "id,tier^old,basic^   | acme,basic^                    | 3",
        "id,tier^old,basic    | ^acme,basic                    | 3",
        "tier,id^             | basic,acme^                    | 2",
        "id,tier~old,basic~   | acme,basic~                    | 3",
        "id,tier~old,basic    | ~acme,basic                    | 3",
        "`id`,`tier`^         | `acme`,`basic`^                | 2",
        "id, tier ,region^^^  | acme,basic,^                   | 4",
        "+id,tier^            | acme,basic^                    | 2",
        "id,tier,reason^o,b,`a, b`^ | acme,basic,^              | 3"
      })
  void the_new_line_is_behind_what_is_there(String before, String added, long line)
      throws IOException {
    String text = bytes(before);
    TenantSource.Csv file = file(text);

    Optional<Long> at = CsvAppend.row(file, ACME, _ -> true);

    assertThat(Files.readString(file.file())).isEqualTo(text + bytes(added));
    assertThat(at).contains(line);
  }

  private static String bytes(String shown) {
    return shown
        .strip()
        .replace("^", "\n")
        .replace("~", "\r\n")
        .replace("`", "\"")
        .replace("+", "\uFEFF");
  }

  @Test
  void what_needs_quotes_gets_them() throws IOException {
    TenantSource.Csv file = file("reason,id,tier,status\n");
    TenantRow held =
        row(
            Map.of(
                "id", "acme", "tier", "basic", "status", "held", "reason", "say \"why\", please"));

    assertThat(CsvAppend.row(file, held, _ -> true)).contains(2L);

    assertThat(Files.readString(file.file()))
        .isEqualTo("reason,id,tier,status\n\"say \"\"why\"\", please\",acme,basic,held\n");
    TenantRow read =
        new TenantSources((_, _) -> List.of()).read(List.<TenantSource>of(file)).getFirst();
    assertThat(read.isSameTenant(held)).isTrue();
  }

  @Test
  void permissions_and_links_stay() throws IOException {
    TenantSource.Csv file = file("id,tier\n");
    Files.setPosixFilePermissions(file.file(), PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file.file());

    assertThat(CsvAppend.row(new TenantSource.Csv(link, file.where()), ACME, _ -> true))
        .isPresent();

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readString(file.file())).isEqualTo("id,tier\nacme,basic\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file())))
        .isEqualTo("rw-r-----");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("tenants.csv", "link.csv");
    }
  }

  @Test
  void a_refusal_and_a_missing_column_leave_the_file_alone() throws IOException {
    TenantSource.Csv file = file("id,tier\nold,basic\n");
    Object before = Files.readAttributes(file.file(), "unix:ino");

    assertThat(CsvAppend.row(file, ACME, rows -> rows.size() != 1)).isEmpty();
    TenantRow inEurope = row(Map.of("id", "acme", "tier", "basic", "region", "eu"));
    assertThatThrownBy(() -> CsvAppend.row(file, inEurope, _ -> true))
        .hasMessageContaining("no column 'region'");
    assertThatThrownBy(() -> CsvAppend.requirePossible(file, inEurope))
        .hasMessageContaining("no column 'region'");

    assertThat(Files.readAttributes(file.file(), "unix:ino")).isEqualTo(before);
  }

  @Test
  void no_line_is_lost_when_many_write_at_once() throws Exception {
    TenantSource.Csv file = file("id,tier\n");
    try (var threads = Executors.newFixedThreadPool(4)) {
      var all =
          IntStream.range(0, 24)
              .mapToObj(i -> row(Map.of("id", "t" + i, "tier", "basic")))
              .map(r -> threads.submit(() -> CsvAppend.row(file, r, _ -> true)))
              .toList();
      for (var one : all) {
        assertThat(one.get()).isPresent();
      }
    }
    assertThat(Files.readString(file.file(), StandardCharsets.UTF_8).lines().sorted().distinct())
        .hasSize(25);
  }

  @Test
  void an_entry_for_the_configuration_is_yaml() {
    TenantRow held =
        row(Map.of("id", "7up", "tier", "basic", "status", "held", "reason", "wait: \"now\""));

    assertThat(ACME.inline()).isEqualTo("- {id: acme, tier: basic}");
    assertThat(held.inline())
        .isEqualTo("- {id: \"7up\", tier: basic, status: held, reason: \"wait: \\\"now\\\"\"}");
    assertThat(held.columns().keySet().stream().collect(Collectors.joining(",")))
        .isEqualTo("id,tier,status,reason");
  }
}
