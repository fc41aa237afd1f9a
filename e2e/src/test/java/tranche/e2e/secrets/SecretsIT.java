package tranche.e2e.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.util.PasswordUtil;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.RolloutJson;
import tranche.e2e.harness.Databases;
import tranche.e2e.harness.Fleet;
import tranche.e2e.harness.Fleet.Tenant;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;
import tranche.e2e.harness.Site.Ended;

/// Passwords and tokens are in the files that are documented to hold them, and nowhere else: not
/// while a rollout works, not when a password turns out wrong or a migration fails, not after a
/// revert.
final class SecretsIT {
  private static final String EMBEDDED =
      """
      databases:
        pool: {server: embedded, name: secret_pool, application: {max_connections: 4}}
      """;
  private static final String EXTERNAL =
      """
        in-file: {host: 127.0.0.1, port: PORT, name: secret_file, user: file_admin, password_file: admin.txt,
          application: {user: file_app, password_file: app.txt, max_connections: 4}}
        in-env: {host: 127.0.0.1, port: PORT, name: secret_env, user: env_admin, password_env: E2E_ADMIN,
          application: {user: env_app, password_env: E2E_APP, max_connections: 4}}
      """;
  private static final String REST =
      """
      tenant_tiers:
        basic:
          placement: {model: row, database: pool, schema: app}
          cell: basic
        file:
          placement: {model: database, database: in-file, schema: app}
          cell: file
        env:
          placement: {model: schema, database: in-env, schema: "t_{tenant}"}
          cell: env
          failure_budget: {count: 1}
      tenants: {csv: tenants.csv}
      tranches:
        - {name: all, select: {}, batch: 2, gates: {verify: 1}}
      contract: {after: 0s, approval: dba}
      verify: {suites: ["verify/*.yaml"]}
      limits: {ready: 15s, parallel: 4, lock_timeout: 2s, statement_timeout: 1m}
      """;

  @RegisterExtension private final Site site = new Site();

  private final Evidence evidence = new Evidence();
  private final Map<String, String> planted =
      Map.of(
          "admin password in a file", "plantedAdminInFile7f3a91c",
          "application password in a file", "plantedAppInFile7f3a91c",
          "admin password in a variable", "plantedAdminInEnv7f3a91c",
          "application password in a variable", "plantedAppInEnv7f3a91c",
          "wrong password", "plantedWrong7f3a91c");

  private Databases databases;
  private TrancheClient client;
  private Rollouts rollouts;

  @Test
  void passwords_and_tokens_are_only_in_the_files_that_are_documented_to_hold_them()
      throws Exception {
    startWithExternalDatabases();
    try (Watch _ = Watch.start(site.folder(), databases, evidence)) {
      rollouts.complete("2026.10");
      wrongAdminPassword();
      String id = rolloutWithWrongPasswordFailingMigrationAndRevert();
      readEverything(id);
    }
    client.close();
    Ended down = tranche("down", "--config", site.configuration().toString());
    assertThat(down.exitCode()).as("%s", down).isZero();
    searchFiles();

    assertThat(evidence.places("environment of")).hasSizeGreaterThan(3);
    assertThat(evidence.places("GET ")).hasSizeGreaterThan(12);
    assertThat(evidence.places("session ")).isNotEmpty();
    assertThat(evidence.places("table ")).hasSizeGreaterThan(8);
    assertThat(evidence.leaks(Map.of("what is surely there", "password authentication failed")))
        .as("the server's log is among what is searched")
        .anyMatch(place -> place.contains("postgres/log"));
    assertThat(evidence.leaks(secrets())).isEmpty();
  }

  private void startWithExternalDatabases() throws Exception {
    List<Tenant> tenants = new ArrayList<>(List.of(new Tenant("b-1", "basic", "eu-west")));
    Fleet embedded = new Fleet(EMBEDDED + REST, tenants);
    site.write(embedded.configured(c -> c.replaceAll("(?s)  file:.*?(?=tenants:)", "")));
    site.start(environment()).stop();
    databases = site.databases();
    String port = Files.readString(site.data().resolve("postgres/port")).strip().split(" ", -1)[0];
    for (String name : List.of("file", "env")) {
      databases.execute("postgres", "CREATE DATABASE secret_" + name);
      databases.execute("postgres", "CREATE ROLE %s_admin SUPERUSER LOGIN".formatted(name));
    }
    password("file_admin", planted.get("admin password in a file"));
    password("env_admin", planted.get("admin password in a variable"));
    file("admin.txt", planted.get("admin password in a file"));
    file("app.txt", planted.get("application password in a file"));
    tenants.add(new Tenant("f-1", "file", "eu-west"));
    tenants.add(new Tenant("e-1", "env", "eu-west"));
    tenants.add(new Tenant("e-2", "env", "eu-west"));
    site.write(new Fleet(EMBEDDED + EXTERNAL.replace("PORT", port) + REST, tenants));
    client = site.start(environment()).client();
    rollouts = new Rollouts(client);
    // What comes later, to stop everything, reads the configuration without those variables.
    String text = Files.readString(site.configuration());
    Files.writeString(
        site.configuration(),
        text.replaceAll("password_env: E2E_A[A-Z]+", "password_file: admin.txt"));
    client.createRelease(site.release("2026.10"));
    client.createRelease(site.release("2026.11"));
  }

  private Map<String, String> environment() {
    return Map.of(
        "E2E_ADMIN", planted.get("admin password in a variable"),
        "E2E_APP", planted.get("application password in a variable"));
  }

  /// As a verifier, so that this test itself shows the server no password.
  private void password(String role, String password) throws Exception {
    String verifier = PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
    databases.execute("postgres", "ALTER ROLE " + role + " PASSWORD '" + verifier + "'");
  }

  private void file(String name, String content) throws IOException {
    Path file = Files.writeString(site.folder().resolve(name), content + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private void endSessions(String role) throws Exception {
    databases.texts(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
  }

  private void wrongAdminPassword() throws Exception {
    password("file_admin", planted.get("wrong password"));
    endSessions("file_admin");

    Ended plan = tranche("plan", "--to", "2026.11");

    assertThat(plan.exitCode()).isEqualTo(7);
    assertThat(plan.errors()).contains("problem database-unreachable", "in-file", "file_admin");
    password("file_admin", planted.get("admin password in a file"));
  }

  private String rolloutWithWrongPasswordFailingMigrationAndRevert() throws Exception {
    databases.execute(
        "secret_env",
        "CREATE FUNCTION t_e_2.issue_priority_in_step() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    String plan = client.plan(new MakePlan("2026.11", List.of(), List.of(), List.of())).id();
    password("file_app", planted.get("wrong password"));
    endSessions("file_app");

    Ended started = tranche("rollout", "start", plan, "--wait", "--timeout", "90s");

    assertThat(started.exitCode()).as("%s", started).isEqualTo(1);
    String id = client.rollouts(1).getFirst().id();
    password("file_app", planted.get("application password in a file"));
    tranche("rollout", "explain", id);
    tranche("tenant", "why", "f-1");
    assertThat(tranche("rollout", "retry", id).exitCode()).isZero();
    Awaitility.await("the failing migration")
        .atMost(Duration.ofMinutes(1))
        .until(() -> client.rollout(id), r -> isHeldBy(r, "e-2"));
    tranche("rollout", "show", id, "-o", "json");
    tranche("rollout", "revert", id, "--all", "--reason", "test", "--yes");
    rollouts.awaitPhase(id, "reverted");
    return id;
  }

  private static boolean isHeldBy(RolloutJson rollout, String tenant) {
    return rollout.hold().isPresent()
        && rollout.failed().items().stream().anyMatch(f -> f.tenant().equals(tenant));
  }

  private void readEverything(String id) throws Exception {
    long last = rollouts.journal(id).getLast().seq();
    String plan = client.rollout(id).plan();
    Map<String, String> names =
        Map.of("tenant", "f-1", "release", "2026.11", "plan", plan, "rollout", id);
    new Api(site.data()).readAll(evidence, names, last);
    tranche("rollout", "journal", id);
    for (String database : List.of("postgres", "secret_pool", "secret_file", "secret_env")) {
      String tables =
          "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
              + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";
      for (String table : databases.texts(database, tables)) {
        String rows =
            String.join("\n", databases.texts(database, "SELECT t::text FROM " + table + " t"));
        evidence.add("table " + database + " " + table, rows);
      }
    }
  }

  /// All that was printed, logged and written; the files that hold secrets are looked at on the
  /// way.
  private void searchFiles() throws IOException {
    List<Path> holders = holders();
    assertThat(holders).hasSizeGreaterThan(4);
    for (Path holder : holders) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(holder)))
          .as("%s", holder)
          .isEqualTo("rw-------");
    }
    for (Path folder : List.of(site.data(), site.data().resolve("secrets"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
    evidence.addFiles(site.folder(), holders::contains);
  }

  /// The files that are documented to hold secrets.
  private List<Path> holders() throws IOException {
    List<Path> holders = new ArrayList<>();
    holders.add(site.folder().resolve("admin.txt"));
    holders.add(site.folder().resolve("app.txt"));
    holders.add(site.data().resolve("token"));
    holders.add(site.data().resolve("postgres/password"));
    holders.add(site.data().resolve("gateway/config.json"));
    try (Stream<Path> generated = Files.list(site.data().resolve("secrets"))) {
      generated.forEach(holders::add);
    }
    try (Stream<Path> instances = Files.walk(site.data().resolve("instances"))) {
      instances.filter(f -> f.endsWith("instance.json")).forEach(holders::add);
    }
    return holders;
  }

  /// Every secret by its name: those that the test made up, and those that the product did.
  private Map<String, String> secrets() throws IOException {
    Map<String, String> secrets = new TreeMap<>(new HashMap<>(planted));
    secrets.put("token", Files.readString(site.data().resolve("token")).strip());
    secrets.put(
        "embedded password", Files.readString(site.data().resolve("postgres/password")).strip());
    try (Stream<Path> generated = Files.list(site.data().resolve("secrets"))) {
      for (Path file : generated.toList()) {
        secrets.put("secret " + file.getFileName(), Files.readString(file).strip());
      }
    }
    assertThat(secrets.values()).allSatisfy(v -> assertThat(v).hasSizeGreaterThan(16));
    return secrets;
  }

  private Ended tranche(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", site.data().toString()));
    return site.tranche(all.toArray(String[]::new));
  }
}
