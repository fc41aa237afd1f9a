package tranche.postgres.structure;

import java.util.EnumSet;
import java.util.Set;
import tranche.core.structure.ObjectKind;

/// What of a schema counts as its structure.
///
/// @param leftOutTables names of tables that are left out with everything that belongs to them
/// @param leftOutKinds kinds of objects that are left out
public record StructureScope(Set<String> leftOutTables, Set<ObjectKind> leftOutKinds) {
  /// The tables in which migration tools keep their history inside a store.
  public static final Set<String> HISTORY_TABLES =
      Set.of(
          "flyway_schema_history",
          "schema_version",
          "databasechangelog",
          "databasechangeloglock",
          "schema_migrations",
          "ar_internal_metadata",
          "alembic_version",
          "django_migrations",
          "atlas_schema_revisions");

  /// All that can be read.
  public static final StructureScope COMPLETE = new StructureScope(Set.of(), Set.of());

  /// What migrations make: all but owners, grants and comments, which differ from store to store
  /// where each tenant has a role of its own or somebody took notes.
  public static final StructureScope ORDINARY =
      new StructureScope(Set.of(), Set.of(ObjectKind.OWNER, ObjectKind.GRANT, ObjectKind.COMMENT));

  /// Copies the sets.
  public StructureScope {
    leftOutTables = Set.copyOf(leftOutTables);
    leftOutKinds = Set.copyOf(leftOutKinds);
  }

  /// The same without these tables.
  public StructureScope withoutTables(Set<String> names) {
    return new StructureScope(names, leftOutKinds);
  }

  /// The same without these kinds too.
  public StructureScope without(ObjectKind first, ObjectKind... others) {
    var kinds = EnumSet.of(first, others);
    kinds.addAll(leftOutKinds);
    return new StructureScope(leftOutTables, kinds);
  }

  boolean holds(ObjectKind kind) {
    return !leftOutKinds.contains(kind);
  }
}
