package tranche.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tranche.gateway.traffic.TrafficRules.TenantSource;

/// Which tenant host and header name.
final class TenantNameTest {
  private static final Set<String> TENANTS = Set.of("acme", "globex", "1");
  private static final Set<TenantSource> BOTH = EnumSet.allOf(TenantSource.class);

  private static String resolve(Set<TenantSource> from, String host, String... headers) {
    return switch (TenantName.of(from, host, List.of(headers), TENANTS::contains)) {
      case TenantName.Known(var id) -> id;
      case TenantName.Refused(var problem) -> Integer.toString(problem.status());
    };
  }

  @Test
  void the_first_label_counts_when_there_is_a_second() {
    assertThat(resolve(BOTH, "acme.example.com:8080")).isEqualTo("acme");
    assertThat(resolve(BOTH, "AcMe.localhost")).isEqualTo("acme");
    assertThat(resolve(BOTH, "acme")).isEqualTo("404");
    assertThat(resolve(BOTH, "acme.")).isEqualTo("404");
    assertThat(resolve(BOTH, "www.acme.com")).isEqualTo("404");
  }

  @Test
  void an_address_is_never_a_tenant() {
    assertThat(resolve(BOTH, "1.2.3.4:80")).isEqualTo("404");
    assertThat(resolve(BOTH, "[1::2]:80")).isEqualTo("404");
    assertThat(resolve(BOTH, "1.example.com")).isEqualTo("1");
  }

  @Test
  void the_header_counts_beside_a_host_that_names_nobody() {
    assertThat(resolve(BOTH, "www.example.com", "globex")).isEqualTo("globex");
    assertThat(resolve(BOTH, "acme.example.com", "acme")).isEqualTo("acme");
    assertThat(resolve(BOTH, "acme.example.com", "globex")).isEqualTo("400");
    assertThat(resolve(BOTH, "acme.example.com", "nobody")).isEqualTo("404");
    assertThat(resolve(BOTH, "acme.example.com", "acme", "acme")).isEqualTo("400");
  }

  @Test
  void a_source_that_is_switched_off_is_not_looked_at() {
    assertThat(resolve(EnumSet.of(TenantSource.HOST), "acme.x.com", "globex")).isEqualTo("acme");
    assertThat(resolve(EnumSet.of(TenantSource.HEADER), "acme.x.com", "globex"))
        .isEqualTo("globex");
    assertThat(resolve(EnumSet.of(TenantSource.HEADER), "acme.x.com")).isEqualTo("404");
  }
}
