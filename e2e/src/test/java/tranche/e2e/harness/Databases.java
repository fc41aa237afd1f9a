package tranche.e2e.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The databases of the embedded server, read as its superuser, who sees every row.
public final class Databases {
  private static final String TABLES =
      """
      SELECT c.relname,
        EXISTS (SELECT FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
      FROM pg_class c
      WHERE c.relnamespace = '%s'::regnamespace AND c.relkind IN ('r', 'p')
      ORDER BY 1
      """;

  /// Everything that PostgreSQL knows of a schema, each as the statement that would make it.
  private static final String CATALOG =
      """
      WITH here AS (SELECT oid, relname, relacl, relrowsecurity, relforcerowsecurity, relkind
                    FROM pg_class WHERE relnamespace = '%1$s'::regnamespace)
      SELECT line FROM (
        SELECT 'schema ' || coalesce(nspacl::text, '') AS line
        FROM pg_namespace WHERE oid = '%1$s'::regnamespace
        UNION ALL SELECT 'relation ' || relname || ' ' || relkind::text || ' ' || coalesce(relacl::text, '')
          || ' rls ' || relrowsecurity || ' forced ' || relforcerowsecurity FROM here
        UNION ALL SELECT 'column ' || h.relname || '.' || a.attname || ' '
          || format_type(a.atttypid, a.atttypmod) || ' not null ' || a.attnotnull || ' default '
          || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM here h JOIN pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE h.relkind IN ('r', 'p')
        UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN here h ON h.oid = c.conrelid
        UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid) || ' valid ' || i.indisvalid
        FROM pg_index i JOIN here h ON h.oid = i.indrelid
        UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN here h ON h.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid)
        FROM pg_proc p WHERE p.pronamespace = '%1$s'::regnamespace
        UNION ALL SELECT 'policy ' || h.relname || ' ' || p.polname || ' '
          || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || ' '
          || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
        FROM pg_policy p JOIN here h ON h.oid = p.polrelid
      ) all_lines ORDER BY line
      """;

  private final int port;
  private final String password;

  Databases(Path data) throws IOException {
    this.port = port(Files.readString(data.resolve("postgres/port")));
    this.password = Files.readString(data.resolve("postgres/password")).strip();
  }

  private static int port(String line) {
    return Integer.parseInt(line.strip().split(" ", -1)[0]);
  }

  /// A schema of a database in which migrations are run.
  public record Store(String database, String schema) implements Comparable<Store> {
    @Override
    public int compareTo(Store other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return database + "/" + schema;
    }
  }

  /// All stores that have a history.
  public List<Store> stores() throws SQLException {
    List<Store> stores = new ArrayList<>();
    for (String database :
        texts("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")) {
      if (!texts(database, "SELECT 1 WHERE to_regclass('tranche.history') IS NOT NULL").isEmpty()) {
        texts(database, "SELECT DISTINCT target FROM tranche.history ORDER BY 1")
            .forEach(schema -> stores.add(new Store(database, schema)));
      }
    }
    return stores;
  }

  /// The rows of a query, each as its columns joined by `|`.
  public List<String> texts(String database, String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url, "tranche", password);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  /// Runs statements that give no rows.
  public void execute(String database, String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    try (Connection connection = DriverManager.getConnection(url, "tranche", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The rows of a query whose `%s` is the quoted schema of a store.
  public List<String> texts(Store store, String sql) throws SQLException {
    return texts(store.database(), sql.formatted("\"" + store.schema() + "\""));
  }

  /// The schema of a store, one line per thing in it.
  public List<String> catalog(Store store) throws SQLException {
    return texts(store, CATALOG);
  }

  /// What was applied to a store, with checksums, and without what depends on when.
  public List<String> history(Store store) throws SQLException {
    return texts(
        store.database(),
        "SELECT key, description, checksum, phase FROM tranche.history WHERE target = '"
            + store.schema()
            + "' ORDER BY 1, 2");
  }

  /// Every row of every table as JSON, without times. Teams that a verification suite has made are
  /// left out: it removes them itself, but not when its control plane is killed meanwhile.
  public List<String> rows(Store store) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String line : texts(store, TABLES)) {
      String table = line.substring(0, line.lastIndexOf('|'));
      String wanted = table.equals("team") ? " WHERE name NOT LIKE 'smoke %%'" : "";
      String json = "SELECT to_jsonb(t) - 'created_at' - 'updated_at' FROM %s.\"" + table + "\" t";
      texts(store, json + wanted).forEach(row -> rows.add(table + " " + row));
    }
    rows.sort(null);
    return rows;
  }

  /// A digest of every row of every table, under `store table tenant`; tables that belong to no
  /// tenant are under `store table`.
  public Map<String, String> digests() throws SQLException {
    Map<String, String> digests = new TreeMap<>();
    for (Store store : stores()) {
      for (String line : texts(store, TABLES)) {
        String table = line.substring(0, line.lastIndexOf('|'));
        String tenant = line.endsWith("|t") ? "tenant_id" : "''";
        String rows = "SELECT " + tenant + ", t::text FROM %s.\"" + table + "\" t ORDER BY 1, 2";
        Map<String, MessageDigest> byTenant = new TreeMap<>();
        for (String row : texts(store, rows)) {
          String key = store + " " + table + " " + row.substring(0, row.indexOf('|'));
          byTenant
              .computeIfAbsent(key, _ -> sha256())
              .update((row + "\n").getBytes(StandardCharsets.UTF_8));
        }
        byTenant.forEach(
            (key, digest) -> digests.put(key, HexFormat.of().formatHex(digest.digest())));
      }
    }
    return digests;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
