package tranche.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static tranche.postgres.schema.World.ask;
import static tranche.postgres.schema.World.context;
import static tranche.postgres.schema.World.expand;
import static tranche.postgres.schema.World.problem;
import static tranche.postgres.schema.World.refusal;
import static tranche.postgres.schema.World.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.fleet.StoreId;
import tranche.core.secret.Secret;
import tranche.engine.schema.SchemaProblem.DatabaseUnreachable;
import tranche.postgres.database.ApplicationAccess;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.IfMissing;
import tranche.postgres.database.Login;
import tranche.postgres.testing.PostgresForTests;

final class ProvisioningTest {
  @TempDir Path backups;
  private final List<World> worlds = new ArrayList<>();

  private World world() {
    return keep(World.fresh(backups));
  }

  private World keep(World world) {
    worlds.add(world);
    return world;
  }

  @AfterEach
  void close() {
    worlds.forEach(World::close);
  }

  @Test
  void a_store_is_absent_until_it_is_provisioned_and_then_at_version_none() throws Exception {
    var world = world();
    var store = world.store("acme");
    assertThat(world.version(store)).as("no database").isEqualTo("absent");

    world.driver.provision(store, context(1));
    assertThat(world.version(store)).isEqualTo("0");
    assertThat(world.version(world.store("other"))).isEqualTo("absent");

    world.run("DROP SCHEMA acme");
    assertThat(world.version(store)).as("its schema is gone").isEqualTo("absent");
  }

  @Test
  void a_schema_that_nobody_provisioned_is_no_store() throws Exception {
    var world = world();
    world.provisioned("acme");
    world.run("CREATE SCHEMA stray");

    assertThat(world.version(world.store("stray"))).isEqualTo("absent");
  }

  @Test
  void provisioning_again_changes_nothing() throws Exception {
    var world = world();
    var store = world.provisioned("acme");
    String before = grants(world);
    world.driver.provision(store, context(1));

    assertThat(grants(world)).isEqualTo(before);
    assertThat(world.ask("SELECT count(*) FROM tranche.layout")).isEqualTo("1");
  }

  private static String grants(World world) throws SQLException {
    return world.ask(
        """
        SELECT concat(
          (SELECT datacl::text FROM pg_database WHERE datname = current_database()),
          (SELECT string_agg(nspacl::text, ',' ORDER BY nspname) FROM pg_namespace),
          (SELECT string_agg(defaclacl::text, ',' ORDER BY defaclobjtype) FROM pg_default_acl))
        """);
  }

  @Test
  void the_application_can_use_rows_and_nothing_else() throws Exception {
    var world = world();
    var store = world.provisioned("acme");
    world.migrate(store, expand("1", "CREATE TABLE t (id bigserial PRIMARY KEY, x text)"));

    try (var connection = world.connectAsApplication()) {
      run(
          connection,
          "INSERT INTO acme.t (x) VALUES ('a')",
          "UPDATE acme.t SET x = 'b'",
          "DELETE FROM acme.t");
      assertThat(refusal(connection, "TRUNCATE acme.t")).isEqualTo("42501");
      assertThat(refusal(connection, "CREATE TABLE acme.u (id int)")).isEqualTo("42501");
      assertThat(refusal(connection, "ALTER TABLE acme.t ADD y int")).isEqualTo("42501");
      assertThat(refusal(connection, "CREATE TABLE public.u (id int)")).isEqualTo("42501");
      assertThat(refusal(connection, "CREATE TEMP TABLE u (id int)")).isEqualTo("42501");
      assertThat(refusal(connection, "CREATE SCHEMA u")).isEqualTo("42501");
      assertThat(refusal(connection, "SELECT * FROM tranche.history")).isEqualTo("42501");
      assertThat(refusal(connection, "UPDATE tranche.fence SET epoch = 0")).isEqualTo("42501");
      assertThat(
              ask(
                  connection,
                  "SELECT concat_ws(',', rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,"
                      + " rolreplication) FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("f,f,f,f,f");
    }
  }

  @Test
  void nobody_else_can_connect_to_a_database_that_was_created() throws Exception {
    var world = world();
    world.provisioned("acme");
    String stranger = PostgresForTests.freshName("stranger");
    world.run("CREATE ROLE " + stranger + " LOGIN PASSWORD 'x'");

    var there = keep(world.adminBeing(stranger, "x"));
    var problem =
        problem(DatabaseUnreachable.class, () -> there.driver.versions(stores(there, "acme")));
    assertThat(problem.message()).contains("permission denied for database");
    assertThat(problem.canPass()).isFalse();
  }

  @Test
  void grants_of_a_database_that_is_not_ours_stay_as_they_are() throws Exception {
    var world = world();
    try (var connection = world.connectAsServerAdmin()) {
      run(connection, "CREATE DATABASE " + world.access.address().name());
    }
    var theirs = keep(world.reachedBy(a -> ifMissing(a, IfMissing.FAIL)));
    theirs.provisioned("acme");

    assertThat(theirs.ask("SELECT has_database_privilege('public', current_database(), 'CONNECT')"))
        .isEqualTo("t");
  }

  @Test
  void many_schemas_of_one_database_are_provisioned_at_once() throws Exception {
    var world = world();
    List<Future<?>> running = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 60; i++) {
        String schema = "s" + i / 2;
        running.add(threads.submit(() -> world.driver.provision(world.store(schema), context(1))));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      stores.add(world.store("s" + i));
    }
    assertThat(world.driver.versions(stores)).hasSize(30);
  }

  @Test
  void many_databases_share_a_role_that_none_has_yet() throws Exception {
    var login = new Login(PostgresForTests.freshName("shared"), Secret.of("shared secret"));
    List<Future<?>> running = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        var world = keep(world().reachedBy(a -> application(a, login)));
        running.add(threads.submit(() -> world.driver.provision(world.store("acme"), context(1))));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    for (World world :
        worlds.stream().filter(w -> w.access.requireApplication().login().equals(login)).toList()) {
      try (var connection = world.connectAsApplication()) {
        assertThat(ask(connection, "SELECT current_user")).isEqualTo(login.user());
      }
    }
  }

  @Test
  void versions_of_more_stores_than_fit_in_one_statement() throws Exception {
    var world = world();
    world.provisioned("s0");
    world.run(
        """
        DO $$ BEGIN
          FOR i IN 1..1200 LOOP EXECUTE format('CREATE SCHEMA s%s', i); END LOOP;
        END $$\
        """,
        "INSERT INTO tranche.fence SELECT 's' || i, 1 FROM generate_series(1, 1200) i",
        """
        INSERT INTO tranche.history (target, key, kind, description, script, checksum, phase,
          digest, applied_at, applied_by, person, duration_ms, run, fence, rows)
        SELECT 's' || i, v, 'versioned', 'd', '', 'c', 'expand', '', now(), 'me', '', 1, 'r-1', 1, 0
        FROM generate_series(1, 1200) i, unnest(ARRAY['2', '10', '9.1', '2.12']) v
        """,
        "SELECT tranche.refresh(target, 'r-1') FROM tranche.fence");
    List<StoreId> stores = new ArrayList<>();
    for (int i = 0; i <= 1200; i++) {
      stores.add(world.store("s" + i));
    }
    var versions = world.driver.versions(stores);

    assertThat(versions).hasSize(1201);
    assertThat(versions.get(world.store("s1200")).value()).isEqualTo("10");
  }

  @Test
  void a_database_that_may_not_be_created_is_named() {
    var world = keep(world().reachedBy(a -> ifMissing(a, IfMissing.FAIL)));
    var problem =
        problem(
            DatabaseUnreachable.class,
            () -> world.driver.provision(world.store("acme"), context(1)));

    assertThat(problem.message()).contains("does not exist");
    assertThat(problem.canPass()).isFalse();
  }

  @Test
  void a_wrong_password_cannot_pass_and_is_not_said() {
    var world = world();
    world.provisioned("acme");
    var wrong = keep(world.adminBeing(world.access.admin().user(), "not-the-password"));
    var problem =
        problem(DatabaseUnreachable.class, () -> wrong.driver.versions(stores(wrong, "acme")));

    assertThat(problem.canPass()).isFalse();
    assertThat(problem.message())
        .contains("password authentication failed")
        .doesNotContain("not-the-password");
  }

  @Test
  void a_server_that_does_not_answer_can_pass() {
    var world = keep(world().at("127.0.0.1", 1));
    var problem =
        problem(DatabaseUnreachable.class, () -> world.driver.versions(stores(world, "acme")));

    assertThat(problem.canPass()).isTrue();
    assertThat(problem.database()).isEqualTo(world.access.id().value());
  }

  @Test
  void a_changed_application_password_is_set() throws Exception {
    var world = world();
    world.provisioned("acme");
    var login = new Login(world.access.requireApplication().login().user(), Secret.of("another"));
    var changed = keep(world.reachedBy(a -> application(a, login)));
    changed.provisioned("acme");

    try (var connection = changed.connectAsApplication()) {
      assertThat(ask(connection, "SELECT current_user")).isEqualTo(login.user());
    }
  }

  @Test
  void an_application_role_with_too_many_rights_is_refused_and_not_changed() throws Exception {
    var world = world();
    world.provisioned("acme");
    String user = PostgresForTests.freshName("mighty");
    world.run("CREATE ROLE " + user + " LOGIN BYPASSRLS CREATEDB PASSWORD 'x'");
    var mighty = keep(world.reachedBy(a -> application(a, new Login(user, Secret.of("x")))));

    var problem =
        problem(
            DatabaseUnreachable.class,
            () -> mighty.driver.provision(mighty.store("acme"), context(1)));
    assertThat(problem.message()).contains("bypasses row-level security, may create databases");
    assertThat(world.ask("SELECT rolbypassrls FROM pg_roles WHERE rolname = '" + user + "'"))
        .isEqualTo("t");
  }

  @Test
  void an_application_role_that_can_become_the_admin_is_refused() throws Exception {
    var world = world();
    world.provisioned("acme");
    world.run(
        "GRANT \"%s\" TO \"%s\""
            .formatted(
                world.access.admin().user(), world.access.requireApplication().login().user()));

    var problem =
        problem(
            DatabaseUnreachable.class,
            () -> world.driver.provision(world.store("acme"), context(1)));
    assertThat(problem.message()).contains("is a member of");
  }

  @Test
  void admin_and_application_are_never_one_role() {
    var access = World.freshAccess();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> application(access, access.admin()))
        .withMessageContaining("the same role");
  }

  @Test
  void the_schema_of_the_history_is_no_store() {
    var world = world();
    var problem =
        problem(
            DatabaseUnreachable.class,
            () -> world.driver.provision(world.store("tranche"), context(1)));
    assertThat(problem.message()).contains("holds the history");
  }

  @Test
  void an_admin_that_row_level_security_blinds_is_refused() throws Exception {
    var world = world();
    var store = world.provisioned("acme");
    world.migrate(
        store,
        expand(
            "1",
            "CREATE TABLE t (tenant_id text); ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
                + " ALTER TABLE t FORCE ROW LEVEL SECURITY"));
    String user = PostgresForTests.freshName("weak");
    world.run(
        "CREATE ROLE " + user + " LOGIN CREATEROLE PASSWORD 'x'",
        "GRANT ALL ON DATABASE " + world.access.address().name() + " TO " + user,
        "GRANT USAGE ON SCHEMA tranche TO " + user,
        "GRANT ALL ON ALL TABLES IN SCHEMA tranche TO " + user);
    var weak = keep(world.adminBeing(user, "x"));

    var problem =
        problem(
            DatabaseUnreachable.class, () -> weak.driver.provision(weak.store("acme"), context(1)));
    assertThat(problem.message()).contains("hides rows of acme.t").contains("BYPASSRLS");
  }

  @Test
  void a_history_of_a_later_tranche_is_left_alone() throws Exception {
    var world = world();
    world.provisioned("acme");
    world.run("UPDATE tranche.layout SET version = 99");

    var problem =
        problem(
            DatabaseUnreachable.class, () -> world.driver.provision(world.store("b"), context(1)));
    assertThat(problem.message()).contains("layout 99");
  }

  @Test
  void passwords_reach_neither_the_servers_log_nor_its_list_of_statements() throws Exception {
    var world = world();
    try (var connection = world.connectAsServerAdmin()) {
      run(connection, "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()");
      try {
        var again =
            new Login(world.access.requireApplication().login().user(), Secret.of("second one"));
        world.provisioned("acme");
        keep(world.reachedBy(a -> application(a, again))).provisioned("acme");
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> log().contains("ALTER ROLE \"" + again.user() + "\" PASSWORD"));

        assertThat(log())
            .contains("CREATE ROLE \"" + again.user() + "\" LOGIN")
            .doesNotContain(world.access.requireApplication().login().requirePassword().reveal())
            .doesNotContain(again.requirePassword().reveal());
        assertThat(ask(connection, "SELECT string_agg(query, ' ') FROM pg_stat_activity"))
            .doesNotContain(again.requirePassword().reveal());
      } finally {
        run(connection, "ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()");
      }
    }
  }

  private static String log() throws IOException {
    try (var files = Files.list(PostgresForTests.logFolder())) {
      return files.map(ProvisioningTest::read).collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<StoreId> stores(World world, String schema) {
    return List.of(world.store(schema));
  }

  private static DatabaseAccess ifMissing(DatabaseAccess a, IfMissing ifMissing) {
    return new DatabaseAccess(a.id(), a.address(), a.admin(), a.application(), ifMissing);
  }

  private static DatabaseAccess application(DatabaseAccess a, Login login) {
    return new DatabaseAccess(
        a.id(), a.address(), a.admin(), new ApplicationAccess(login, 4), a.ifMissing());
  }
}
