package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.postgres.database.Databases;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.Unreachable;

/// What a store holds, in a form that can be compared: per table the number of rows and a digest.
/// Two equal ones mean equal content, at one moment each; the order of columns and rows is no part.
public record ContentDigest(Map<String, TableDigest> tables) {
  /// Copies the tables.
  public ContentDigest {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  /// Which part of a store is digested.
  ///
  /// @param tenantColumn the column that tells tenants apart; tables without it are taken whole
  /// @param tenants which tenants' rows
  /// @param withoutColumns columns that are left out, in every table
  public record Selection(String tenantColumn, Tenants tenants, Set<String> withoutColumns) {
    /// Copies the columns.
    public Selection {
      withoutColumns = Set.copyOf(withoutColumns);
    }

    /// Everything.
    public static Selection everything() {
      return new Selection("tenant_id", new Tenants.All(), Set.of());
    }

    /// The same rows without these columns.
    public Selection without(String... columns) {
      return new Selection(tenantColumn, tenants, Set.of(columns));
    }
  }

  /// Which tenants' rows are digested.
  public sealed interface Tenants {
    /// All.
    record All() implements Tenants {}

    /// That tenant's.
    record Only(TenantId tenant) implements Tenants {}

    /// All others'.
    record AllBut(TenantId tenant) implements Tenants {}
  }

  /// The digest of a whole store.
  public static ContentDigest of(Databases databases, StoreId store) {
    return of(databases, store, Selection.everything());
  }

  /// The digest of a part of a store, in one snapshot.
  ///
  /// @throws tranche.core.problem.ProblemException
  ///   [tranche.engine.schema.SchemaProblem.DatabaseUnreachable] if it cannot be read completely
  public static ContentDigest of(Databases databases, StoreId store, Selection selection) {
    try {
      return databases.with(store.database(), connection -> read(connection, store, selection));
    } catch (SQLException e) {
      throw Unreachable.connecting(store.database(), e);
    }
  }

  private static ContentDigest read(Connection connection, StoreId store, Selection selection)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL row_security ="
              + " off");
    }
    Map<String, TableDigest> tables = new TreeMap<>();
    for (TableShape shape :
        TableShape.existing(
            connection, store.schema(), TableShape.names(connection, store.schema()))) {
      tables.put(shape.name(), read(connection, shape, selection));
    }
    connection.rollback();
    return new ContentDigest(tables);
  }

  private static TableDigest read(Connection connection, TableShape shape, Selection selection)
      throws SQLException {
    List<String> columns =
        shape.columns().stream()
            .filter(c -> !selection.withoutColumns().contains(c))
            .sorted()
            .toList();
    Optional<String> tenant = tenant(selection.tenants());
    if (tenant.isEmpty() || !shape.columns().contains(selection.tenantColumn())) {
      return TableDigest.read(connection, shape.qualified(), columns, "", List.of());
    }
    String compared = selection.tenants() instanceof Tenants.Only ? " = ?" : " IS DISTINCT FROM ?";
    String where = "WHERE " + Identifier.quote(selection.tenantColumn()) + "::text" + compared;
    return TableDigest.read(connection, shape.qualified(), columns, where, List.of(tenant.get()));
  }

  private static Optional<String> tenant(Tenants tenants) {
    return switch (tenants) {
      case Tenants.All _ -> Optional.empty();
      case Tenants.Only(var tenant) -> Optional.of(tenant.value());
      case Tenants.AllBut(var tenant) -> Optional.of(tenant.value());
    };
  }
}
