package tranche.gateway.config;

import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.problem.ProblemException;
import tranche.gateway.config.GatewayConfig.Address;
import tranche.gateway.config.GatewayConfig.Ports;
import tranche.gateway.problem.StartProblem.ConfigExposed;
import tranche.gateway.problem.StartProblem.ConfigUnreadable;
import tranche.gateway.traffic.Secret;
import tranche.gateway.traffic.TrafficRules;
import tranche.gateway.traffic.TrafficRules.TenantSource;
import tranche.gateway.upstream.HealthRules;

/// Reads the configuration file: unknown keys are refused, absent ones have a default, except the
/// addresses, the tokens and the state folder. Values of tokens never appear in a message.
public final class ConfigFile {
  private static final long MAX_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private ConfigFile() {}

  /// Reads and checks a file.
  ///
  /// @throws ProblemException when it cannot be read, is open to others or is wrong
  public static GatewayConfig read(Path file) {
    Keys root = new Keys(file.toString(), "", parse(file));
    root.only(
        "listen",
        "admin",
        "previewToken",
        "stateFolder",
        "tenantFrom",
        "tenantHeader",
        "userHeader",
        "limits",
        "health");
    Keys admin = root.object("admin");
    admin.only("host", "port", "token");
    Keys listen = root.object("listen");
    listen.only("host", "port");
    Path folder = Path.of(root.text("stateFolder"));
    if (!folder.isAbsolute()) {
      throw root.wrong("stateFolder", folder.toString(), "an absolute path");
    }
    Keys limits = root.object("limits");
    limits.only(
        "maxBodyBytes",
        "requestTimeoutMillis",
        "connectTimeoutMillis",
        "maxConnectionsPerInstance");
    return new GatewayConfig(
        new Ports(address(listen), loopback(admin), secret(admin, "token")),
        folder,
        (int) limits.number("maxConnectionsPerInstance", 128, 1, 100_000),
        traffic(root, limits),
        health(root.object("health")));
  }

  private static TrafficRules traffic(Keys root, Keys limits) {
    return new TrafficRules(
        sources(root),
        new HttpString(root.headerName("tenantHeader", "X-Tenant")),
        new HttpString(root.headerName("userHeader", "X-User")),
        secret(root, "previewToken"),
        new TrafficRules.Limits(
            limits.number("maxBodyBytes", 10 * 1024 * 1024, 0, 1L << 40),
            Duration.ofMillis(limits.number("requestTimeoutMillis", 30_000, 10, 86_400_000)),
            Duration.ofMillis(limits.number("connectTimeoutMillis", 1_000, 10, 60_000))));
  }

  private static HealthRules health(Keys health) {
    health.only("intervalMillis", "timeoutMillis", "unhealthyAfter", "healthyAfter");
    return new HealthRules(
        Duration.ofMillis(health.number("intervalMillis", 500, 10, 3_600_000)),
        Duration.ofMillis(health.number("timeoutMillis", 3_000, 10, 60_000)),
        (int) health.number("unhealthyAfter", 3, 1, 100),
        (int) health.number("healthyAfter", 1, 1, 100));
  }

  private static Set<TenantSource> sources(Keys root) {
    EnumSet<TenantSource> sources = EnumSet.noneOf(TenantSource.class);
    for (String name : root.texts("tenantFrom", "host", "header")) {
      switch (name) {
        case "host" -> sources.add(TenantSource.HOST);
        case "header" -> sources.add(TenantSource.HEADER);
        case String other -> throw root.wrong("tenantFrom", other, "\"host\", \"header\" or both");
      }
    }
    return sources;
  }

  private static Address address(Keys keys) {
    return new Address(keys.text("host"), (int) keys.number("port", -1, 0, 65_535));
  }

  private static Address loopback(Keys keys) {
    Address address = address(keys);
    if (!Set.of("127.0.0.1", "::1", "localhost").contains(address.host())) {
      throw keys.wrong(
          "host", address.host(), "127.0.0.1, ::1 or localhost: whoever reaches it can reroute");
    }
    return address;
  }

  private static Secret secret(Keys keys, String key) {
    String value = keys.text(key);
    if (value.length() < 16) {
      throw keys.wrong(key, "too short", "a random text of at least 16 characters");
    }
    return new Secret(value);
  }

  private static JsonNode parse(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        throw new ProblemException(
            new ConfigExposed(file.toString(), PosixFilePermissions.toString(permissions)));
      }
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(file, "It is larger than " + MAX_BYTES + " bytes");
      }
      return JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unreadable(file, e.getClass().getSimpleName() + ": " + e.getMessage());
    } catch (JacksonException e) {
      // Its message can quote the file, and the file holds tokens: only the place is passed on.
      throw unreadable(
          file,
          "It is not JSON near line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr());
    }
  }

  private static ProblemException unreadable(Path file, String reason) {
    return new ProblemException(new ConfigUnreadable(file.toString(), reason));
  }
}
