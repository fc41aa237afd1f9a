package tranche.postgres.onboard;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tranche.core.fleet.StoreId;
import tranche.postgres.onboard.NewStores.Whole;

/// Looks at the place of a store.
///
/// What is in a schema is what depends on it: that covers every kind of object that there is or
/// will be. Default privileges are no contents, and what an extension brought is the extension's.
final class PlaceReader {
  private static final String SCHEMA =
      """
      SELECT obj_description(n.oid, 'pg_namespace'), pg_get_userbyid(n.nspowner),
        pg_has_role(n.nspowner, 'USAGE')
      FROM pg_catalog.pg_namespace n WHERE n.nspname = ?
      """;

  private static final String CONTENTS =
      """
      SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)
      FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_namespace n ON n.oid = d.refobjid
      WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND n.nspname = ?
        AND d.classid <> 'pg_catalog.pg_default_acl'::regclass
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
          WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
      ORDER BY 1 LIMIT 4
      """;

  private static final String NEIGHBOURS =
      """
      SELECT 'schema ' || n.nspname FROM pg_catalog.pg_namespace n
      WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public', 'tranche', ?)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
          WHERE e.classid = 'pg_catalog.pg_namespace'::regclass AND e.objid = n.oid
            AND e.deptype = 'e')
      ORDER BY 1 LIMIT 4
      """;

  private static final String HISTORY =
      "SELECT s.version FROM tranche.store s WHERE s.target = ? AND s.fingerprint <> 0";

  private final Connection connection;
  private final StoreId store;

  PlaceReader(Connection connection, StoreId store) {
    this.connection = connection;
    this.store = store;
  }

  /// A schema's comment and owner.
  ///
  /// @param isOurs whether this role may act as its owner
  record Schema(@Nullable String comment, String owner, boolean isOurs) {}

  Place place(Whole whole) throws SQLException {
    Optional<Schema> schema = schema();
    Optional<String> begun = schema.flatMap(s -> Mark.maker(s.comment()));
    if (begun.isPresent()) {
      return new Place.Begun(begun.get());
    }
    List<String> contents = new ArrayList<>(strings(CONTENTS, store.schema()));
    if (whole == Whole.DATABASE) {
      contents.addAll(strings(NEIGHBOURS, store.schema()));
      if (!store.schema().equals("public")) {
        contents.addAll(strings(CONTENTS, "public"));
      }
    }
    if (!contents.isEmpty()) {
      return new Place.Used(words(contents));
    }
    if (schema.isEmpty()) {
      return new Place.NoSchema();
    }
    return history()
        .<Place>map(version -> new Place.Used("a history that says version " + version))
        .orElseGet(Place.Empty::new);
  }

  Optional<Schema> schema() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCHEMA)) {
      statement.setString(1, store.schema());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Schema(row.getString(1), row.getString(2), row.getBoolean(3)))
            : Optional.empty();
      }
    }
  }

  private Optional<String> history() throws SQLException {
    boolean isThere =
        !strings("SELECT 1 WHERE to_regclass(?) IS NOT NULL", "tranche.store").isEmpty();
    return isThere ? strings(HISTORY, store.schema()).stream().findFirst() : Optional.empty();
  }

  private List<String> strings(String sql, String parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }

  private static String words(List<String> contents) {
    int shown = Math.min(3, contents.size());
    String named = String.join(", ", contents.subList(0, shown));
    return contents.size() > shown ? named + " and more" : named;
  }
}
