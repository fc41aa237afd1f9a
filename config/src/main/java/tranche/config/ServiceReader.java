package tranche.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.config.GatewayConfig.TenantFrom;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;

/// Reads `deployment_strategy`, `data`, `server`, `gateway` and `limits`: all of them may be
/// absent.
final class ServiceReader {
  private static final ListenAddress SERVER = new ListenAddress("127.0.0.1", 8080);
  private static final GatewayConfig GATEWAY =
      new GatewayConfig(
          new ListenAddress("127.0.0.1", 8000),
          List.of(TenantFrom.HOST, TenantFrom.HEADER),
          "X-Tenant",
          "X-User");
  private static final Map<String, TenantFrom> TENANT_FROM =
      Map.of("host", TenantFrom.HOST, "header", TenantFrom.HEADER);
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9.-]{1,253})):([0-9]{1,5})");
  private static final Predicate<String> HEADER =
      Pattern.compile("[A-Za-z0-9-]{1,64}").asMatchPredicate();
  private static final String HEADER_WORDS = "the name of an HTTP header";

  private ServiceReader() {}

  static About about(Optional<YamlValue> value) {
    Optional<YamlMap> map = value.map(v -> v.map("name", "version"));
    return new About(
        map.flatMap(m -> m.optional("name")).map(YamlValue::text),
        map.flatMap(m -> m.optional("version")).map(YamlValue::text));
  }

  static Path data(Optional<YamlValue> value, Path folder) {
    return folder.resolve(value.map(YamlValue::text).orElse(".tranche")).normalize();
  }

  static ListenAddress server(Optional<YamlValue> value) {
    return value
        .flatMap(v -> v.map("listen").optional("listen"))
        .map(ServiceReader::address)
        .orElse(SERVER);
  }

  static GatewayConfig gateway(Optional<YamlValue> value) {
    return value.map(ServiceReader::gateway).orElse(GATEWAY);
  }

  private static GatewayConfig gateway(YamlValue value) {
    YamlMap map = value.map("listen", "tenant_from", "tenant_header", "user_header");
    return new GatewayConfig(
        map.optional("listen").map(ServiceReader::address).orElse(GATEWAY.listen()),
        map.optional("tenant_from").map(ServiceReader::tenantFrom).orElse(GATEWAY.tenantFrom()),
        map.optional("tenant_header")
            .map(v -> v.text(HEADER, HEADER_WORDS))
            .orElse(GATEWAY.tenantHeader()),
        map.optional("user_header")
            .map(v -> v.text(HEADER, HEADER_WORDS))
            .orElse(GATEWAY.userHeader()));
  }

  private static List<TenantFrom> tenantFrom(YamlValue value) {
    List<TenantFrom> from = value.list().stream().map(v -> v.choice(TENANT_FROM)).toList();
    if (from.isEmpty() || from.stream().distinct().count() != from.size()) {
      throw value.wrong("a list of host, header or both, each once");
    }
    return from;
  }

  private static ListenAddress address(YamlValue value) {
    Matcher address = ADDRESS.matcher(value.text());
    if (!address.matches() || Integer.parseInt(address.group(3)) > 65_535) {
      throw value.wrong("an address such as 127.0.0.1:8080, with a port from 0 to 65535");
    }
    String host = address.group(1) == null ? address.group(2) : address.group(1);
    return new ListenAddress(host, Integer.parseInt(address.group(3)));
  }

  static Limits limits(Optional<YamlValue> value) {
    return value.map(ServiceReader::limits).orElse(Limits.DEFAULT);
  }

  private static Limits limits(YamlValue value) {
    YamlMap map = value.map("ready", "parallel", "lock_timeout", "statement_timeout");
    return new Limits(
        positive(map, "ready", Limits.DEFAULT.ready()),
        map.optional("parallel").map(v -> v.integer(1, 256)).orElse(Limits.DEFAULT.parallel()),
        positive(map, "lock_timeout", Limits.DEFAULT.lockTimeout()),
        positive(map, "statement_timeout", Limits.DEFAULT.statementTimeout()));
  }

  // PostgreSQL takes a timeout of 0 as none at all.
  private static Duration positive(YamlMap map, String key, Duration otherwise) {
    Optional<YamlValue> value = map.optional(key);
    Duration duration = value.map(YamlValue::duration).orElse(otherwise);
    if (duration.isZero()) {
      throw value.orElseThrow().wrong("a time above 0, such as 2s");
    }
    return duration;
  }
}
