package tranche.app.onboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.app.cli.CommandLineRun;
import tranche.app.cli.CommandLineRun.Result;
import tranche.app.schema.TestServer;

/// A fleet of every isolation model in a folder, with its tenants in a CSV file.
final class NewcomerFleet {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Path folder;
  private final String database = TestServer.emptied();
  private final String number = String.valueOf(NUMBERS.incrementAndGet());
  final CommandLineRun line;

  NewcomerFleet(Path folder) {
    this.folder = folder;
    this.line = new CommandLineRun(folder);
    write("password", TestServer.address().password().reveal());
    write("app-password", "secret of the application");
    protect("password");
    protect("app-password");
    write("db/shared/V1__plans.sql", "CREATE TABLE plans (id int PRIMARY KEY);");
    write("db/tenant/V1__issues.sql", "CREATE TABLE issues (id bigint PRIMARY KEY);");
    write("db/tenant/V2__title.sql", "ALTER TABLE issues ADD COLUMN title text;");
    write("db/tenant/V3__seed.sql", "INSERT INTO issues VALUES (1, 'welcome');");
    tenants("id,tier,region\nold,premium,eu-west\n");
    configure("csv: tenants.csv");
  }

  /// The configuration, with these lines under `tenants`.
  void configure(String tenants) {
    write(
        "tranche.yaml",
        """
        databases:
          main: {%1$s, name: %2$s}
          "own-{tenant}": {%1$s, name: "own_%3$s_{tenant}", create: true}
          "given-{tenant}": {%1$s, name: "given_%3$s_{tenant}"}
        tenant_tiers:
          basic: {placement: {model: row, database: main, schema: pool}, cell: basic}
          premium: {placement: {model: schema, database: main, schema: "t_{tenant}"}, cell: premium}
          bridge:
            placement:
              model: hybrid
              shared: {database: main, schema: shared}
              own: {database: main, schema: "b_{tenant}"}
            cell: bridge
          platinum:
            placement: {model: database, database: "own-{tenant}", schema: app}
            cell: platinum
          iridium:
            placement: {model: database, database: "given-{tenant}", schema: app}
            cell: iridium
        tenants: {%4$s}
        tranches: [{name: all}]
        schema: {migrations: db/tenant, shared: db/shared}
        """
            .formatted(server(), database, number, tenants));
  }

  private static String server() {
    var server = TestServer.address();
    return "host: %s, port: %d, user: %s, password_file: password, application: {user: newcomer_app,"
            .formatted(server.host(), server.port(), server.user())
        + " password_file: app-password}";
  }

  String ownDatabase(String tenant) {
    return "own_" + number + "_" + tenant;
  }

  String givenDatabase(String tenant) {
    return "given_" + number + "_" + tenant;
  }

  String database() {
    return database;
  }

  Path folder() {
    return folder;
  }

  void tenants(String csv) {
    write("tenants.csv", csv);
  }

  String tenants() {
    return read("tenants.csv");
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void protect(String name) {
    try {
      Files.setPosixFilePermissions(
          folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result add(String... words) {
    List<String> all = new ArrayList<>(List.of("tenant", "add"));
    all.addAll(List.of(words));
    return line.run(all.toArray(String[]::new));
  }

  Result schema(String... words) {
    List<String> all = new ArrayList<>(List.of("schema"));
    all.addAll(List.of(words));
    return line.run(all.toArray(String[]::new));
  }

  void sql(String... statements) {
    TestServer.run(database, statements);
  }

  List<String> ask(String sql) {
    return TestServer.ask(database, sql);
  }

  /// The columns of a table of the database that tenants share.
  List<String> columns(String table) {
    return columns(database, table);
  }

  static List<String> columns(String database, String table) {
    return TestServer.ask(
        database,
        """
        SELECT attname FROM pg_attribute
        WHERE attrelid = to_regclass('%s') AND attnum > 0 AND NOT attisdropped ORDER BY attnum
        """
            .formatted(table));
  }

  /// Objects, rights, rows of `issues` and history of a store of the shared database, in one text.
  String digest(String schema) {
    return String.join(
        "\n",
        ask(
            """
            SELECT 'c ' || c.relname || ' ' || a.attname || ' ' || a.atttypid || coalesce(
              c.relacl::text, '') || c.xmin FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
              WHERE c.relnamespace = to_regnamespace('%1$s')
            UNION ALL SELECT 'n ' || n.nspacl::text || coalesce(obj_description(n.oid), '')
              FROM pg_namespace n WHERE n.nspname = '%1$s'
            UNION ALL SELECT 's ' || s::text FROM tranche.store s WHERE s.target = '%1$s'
            UNION ALL SELECT 'h ' || h::text FROM tranche.history h WHERE h.target = '%1$s'
            ORDER BY 1
            """
                .formatted(schema)));
  }

  /// The comment of a schema of the shared database; empty if it has none.
  String comment(String schema) {
    return ask("SELECT coalesce(obj_description('%s'::regnamespace), '')".formatted(schema))
        .getFirst();
  }
}
