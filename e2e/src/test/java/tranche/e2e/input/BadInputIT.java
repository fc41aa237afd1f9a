package tranche.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.e2e.input.Expected.problem;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.e2e.harness.Processes;
import tranche.e2e.harness.Site;
import tranche.e2e.harness.Site.Ended;

/// What a control plane cannot start with. It says so, ends, and leaves no process and no decision:
/// the next start with the mistake corrected is a first start.
final class BadInputIT {
  private static final String UNSET = "TRANCHE_E2E_VARIABLE_THAT_NOBODY_SETS";

  /// Port 1 is reserved for a service that is not run anywhere any more.
  private static final int NOBODY_LISTENS = 1;

  private static ServerSocket taken;

  @RegisterExtension private final Site site = new Site();

  /// Makes the mistake; the options are those of `up`, to change.
  interface Mistake {
    void make(Site site, Map<String, String> options) throws IOException;
  }

  /// A mistake, what is said about it, and what may be in the data folder then; an empty set means
  /// that there is no data folder.
  record Case(String name, Mistake mistake, Expected expected, Set<String> leaves) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void take_a_port() throws IOException {
    taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterAll
  static void give_the_port_back() throws IOException {
    taken.close();
  }

  static Stream<Case> cases() {
    return Stream.of(files(), tenants(), passwords(), places()).flatMap(List::stream);
  }

  private static Case of(String name, Mistake mistake, Expected expected) {
    return new Case(name, mistake, expected, Set.of());
  }

  private static List<Case> files() {
    return List.of(
        of(
            "an unknown key",
            replacing("failure_budget:", "failure_budgett:"),
            problem(
                "unknown-key",
                2,
                "tranche.yaml:13:",
                "'failure_budgett'",
                "did you mean 'failure_budget'")),
        of(
            "no configuration",
            (site, _) -> Files.delete(site.configuration()),
            problem("missing-file", 2, "tranche.yaml")),
        of(
            "no list of tenants",
            (site, _) -> Files.delete(site.folder().resolve("tenants.csv")),
            problem("missing-file", 2, "tranche.yaml:14:", "tenants.csv")),
        of(
            "no suite",
            (site, _) -> Files.delete(site.folder().resolve("verify/smoke.yaml")),
            problem("missing-file", 2, "tranche.yaml:", "verify/*.yaml")),
        of(
            "text that is no YAML",
            replacing("databases:", "databases: ["),
            problem("not-yaml", 2, "tranche.yaml")));
  }

  private static List<Case> tenants() {
    return List.of(
        of(
            "a tenant twice",
            withTenant("b-1,basic,eu-west"),
            problem("duplicate-tenant", 2, "b-1", "tenants.csv:2", "tenants.csv:6")),
        of(
            "a tenant of no tier",
            withTenant("z-1,gold,eu-west"),
            problem("tenant-without-placement", 2, "z-1", "'gold'", "tenants.csv:6")),
        of(
            "a tenant without the region that its cell needs",
            (site, options) -> {
              withTenant("z-1,premium,").make(site, options);
              replacing("cell: premium", "cell: \"premium-{region}\"").make(site, options);
            },
            problem("tenant-without-placement", 2, "z-1", "region")));
  }

  private static List<Case> passwords() {
    return List.of(
        of(
            "a password file that everybody can read",
            store("password_file: password.txt", "rw-r--r--"),
            problem("exposed-secret", 2, "password.txt")),
        of(
            "no password file",
            (site, options) -> {
              store("password_file: password.txt", "rw-------").make(site, options);
              Files.delete(site.folder().resolve("password.txt"));
            },
            problem("missing-file", 2, "password.txt")),
        of(
            "a password variable that is not set",
            store("password_env: " + UNSET, "rw-------"),
            problem("missing-variable", 7, UNSET)),
        new Case(
            "a control store where nobody listens",
            store("password_file: password.txt", "rw-------"),
            problem("control-store-unavailable", 7, "127.0.0.1:" + NOBODY_LISTENS),
            Set.of("lock", "gateway", "secrets", "postgres")));
  }

  private static List<Case> places() {
    return List.of(
        of(
            "a data folder under a regular file",
            (site, options) ->
                options.put("--data", site.folder().resolve("tenants.csv/data").toString()),
            problem("control-folder-unusable", 7, "tenants.csv/data")),
        of(
            "an address that is none",
            (_, options) -> options.put("--listen", "8080"),
            problem("listen-address-malformed", 2, "'8080'")),
        new Case(
            "a port of the API that is taken",
            (_, options) -> options.put("--listen", "127.0.0.1:" + taken.getLocalPort()),
            problem("port-taken", 7, "on 127.0.0.1 is taken"),
            Set.of("lock")),
        new Case(
            "a port of the gateway that is taken",
            (_, options) -> options.put("--gateway-listen", "127.0.0.1:" + taken.getLocalPort()),
            problem("port-taken", 7, "on 127.0.0.1 is taken"),
            Set.of("lock", "gateway", "secrets")));
  }

  private static Mistake replacing(String right, String wrong) {
    return (site, _) -> {
      String text = Files.readString(site.configuration());
      assertThat(text).contains(right);
      Files.writeString(site.configuration(), text.replaceFirst(right, wrong));
    };
  }

  private static Mistake withTenant(String line) {
    return (site, _) ->
        Files.writeString(
            site.folder().resolve("tenants.csv"), line + "\n", StandardOpenOption.APPEND);
  }

  /// Puts the control plane's own state into a database that nobody serves.
  private static Mistake store(String password, String permissions) {
    return (site, _) -> {
      Path file = Files.writeString(site.folder().resolve("password.txt"), "a-password\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      Files.writeString(
          site.configuration(),
          "store: {host: 127.0.0.1, port: %d, name: x, user: x, %s}\n"
              .formatted(NOBODY_LISTENS, password),
          StandardOpenOption.APPEND);
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_start_that_cannot_succeed_says_why_and_leaves_nothing(Case mistaken) throws Exception {
    site.write(Fleets.small(2));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--config", site.configuration().toString());
    options.put("--data", site.data().toString());
    options.put("--listen", "127.0.0.1:0");
    options.put("--gateway-listen", "127.0.0.1:0");
    mistaken.mistake().make(site, options);
    Set<String> before = files(site.folder());

    Ended ended = site.tranche(arguments(options));

    Said.of(ended).is(mistaken.expected());
    assertThat(Processes.naming(site.folder())).isEmpty();
    assertThat(Files.exists(site.data())).isEqualTo(!mistaken.leaves().isEmpty());
    if (Files.exists(site.data())) {
      assertThat(mistaken.leaves()).containsAll(files(site.data()));
    }
    before.add("data");
    assertThat(before).containsAll(files(site.folder()));
  }

  private static String[] arguments(Map<String, String> options) {
    List<String> arguments = new ArrayList<>(List.of("up"));
    options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    return arguments.toArray(String[]::new);
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
