package tranche.postgres.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import tranche.core.release.Digest;

/// Brings the control database to the version that this Tranche knows: all missing upgrades in one
/// transaction, or none. Two that start at once are put one after the other.
final class Upgrades {
  /// The upgrades in order: the first makes version 1. A released one never changes.
  static final List<String> SCRIPTS = List.of("V1__control.sql");

  private static final long ADVISORY_LOCK = 0x7472_616e_6368_6501L;

  private Upgrades() {}

  static void run(Database database, List<String> scripts) {
    int _ =
        database.transact(handle -> {
          prepare(handle);
          Map<Integer, String> done = done(handle);
          requireKnown(done, scripts);
          for (int version = done.size() + 1; version <= scripts.size(); version++) {
            apply(handle, version, scripts.get(version - 1));
          }
          return scripts.size() - done.size();
        });
  }

  /// Whether there is a control database that this Tranche can read as it is.
  static boolean isThere(Database database, List<String> scripts) {
    return database.call(handle -> {
      boolean isBegun =
          handle
              .createQuery("SELECT to_regclass('tranche_control.upgrade') IS NOT NULL")
              .mapTo(Boolean.class)
              .one();
      if (!isBegun) {
        return false;
      }
      Map<Integer, String> done = done(handle);
      requireKnown(done, scripts);
      return done.size() == scripts.size();
    });
  }

  private static void prepare(Handle handle) {
    execute(handle, "SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
    execute(
        handle,
        """
        CREATE SCHEMA IF NOT EXISTS tranche_control;
        CREATE TABLE IF NOT EXISTS tranche_control.upgrade (
          version integer PRIMARY KEY,
          script text NOT NULL,
          checksum text NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        """);
  }

  private static Map<Integer, String> done(Handle handle) {
    return handle
        .createQuery("SELECT version, checksum FROM tranche_control.upgrade")
        .map((row, _) -> Map.entry(row.getInt("version"), row.getString("checksum")))
        .stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
  }

  private static void requireKnown(Map<Integer, String> done, List<String> scripts) {
    done.forEach((version, recorded) -> {
      if (version > scripts.size()) {
        int newest = done.keySet().stream().mapToInt(v -> v).max().orElseThrow();
        throw new ControlProblem.ControlStoreIsNewer(newest, scripts.size()).exception();
      }
      String known = checksum(text(scripts.get(version - 1)));
      if (!known.equals(recorded)) {
        throw new ControlProblem.ControlStoreDiffers(version, brief(recorded), brief(known))
            .exception();
      }
    });
  }

  private static void apply(Handle handle, int version, String script) {
    String text = text(script);
    execute(handle, text);
    int _ =
        handle
            .createUpdate(
                """
                INSERT INTO tranche_control.upgrade (version, script, checksum)
                VALUES (:version, :script, :checksum)
                """)
            .bind("version", version)
            .bind("script", script)
            .bind("checksum", checksum(text))
            .execute();
  }

  /// Straight through JDBC: the text is no template.
  private static void execute(Handle handle, String sql) {
    try (Statement statement = handle.getConnection().createStatement()) {
      boolean _ = statement.execute(sql);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static String checksum(String text) {
    return Digest.sha256().add(text).hex();
  }

  private static String brief(String checksum) {
    return checksum.substring(0, Math.min(12, checksum.length()));
  }

  private static String text(String script) {
    try (InputStream in = Upgrades.class.getResourceAsStream(script)) {
      return new String(Objects.requireNonNull(in, script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(script, e);
    }
  }
}
