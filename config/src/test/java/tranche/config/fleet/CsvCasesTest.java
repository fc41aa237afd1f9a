package tranche.config.fleet;

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
import org.junit.jupiter.params.provider.MethodSource;
import tranche.config.Golden;
import tranche.config.problem.Where;
import tranche.core.fleet.TenantStatus;

final class CsvCasesTest {
  private static final TenantSources SOURCES = new TenantSources((_, _) -> List.of());

  static List<Path> cases() {
    return Golden.cases("csv-cases", ".csv");
  }

  private static List<TenantRow> read(Path file) {
    return SOURCES.read(List.of(new TenantSource.Csv(file, Where.file("tranche.yaml"))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_list_of_tenants_is_read_or_refused_with_the_line(Path file) throws IOException {
    String outcome = Golden.outcome(file.getParent(), () -> read(file));

    Golden.check(Path.of(file.toString().replace(".csv", ".txt")), outcome);
  }

  @Test
  void quotes_order_and_line_ends_do_not_change_what_is_read() {
    Path folder = Path.of("src/test/resources/csv-cases");

    assertThat(read(folder.resolve("ok-bom-and-crlf.csv")))
        .extracting(r -> r.id().value(), TenantRow::tier, r -> r.where().text())
        .containsExactly(
            tuple("acme", "basic", folder + "/ok-bom-and-crlf.csv:2"),
            tuple("globex", "basic", folder + "/ok-bom-and-crlf.csv:4"));
    assertThat(read(folder.resolve("ok-columns-in-another-order.csv")).getFirst().tier())
        .isEqualTo("basic");
  }

  @Test
  void a_held_tenant_keeps_the_words_of_the_reason(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("tenants.csv");
    Files.writeString(file, "id,tier,status,reason\na,basic,held,\"freeze, \"\"all\"\" of it\"\n");

    assertThat(read(file).getFirst().status())
        .isEqualTo(new TenantStatus.Held("freeze, \"all\" of it"));
  }

  @Test
  void a_hundred_thousand_tenants_are_read_and_one_more_is_refused(@TempDir Path temp)
      throws IOException {
    var text = new StringBuilder("id,tier\n");
    for (int i = 0; i < TenantSources.MAX_TENANTS; i++) {
      text.append('t').append(i).append(",basic\n");
    }
    Path file = Files.writeString(temp.resolve("tenants.csv"), text);

    assertThat(read(file)).hasSize(TenantSources.MAX_TENANTS);

    Files.writeString(file, text.append("more,basic\n"));
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("wrong-value")
        .hasMessageContaining("tenants.csv:100002: the number of tenants");
  }
}
