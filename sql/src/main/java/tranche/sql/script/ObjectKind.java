package tranche.sql.script;

/// Objects that share names: in one schema (or table), one name means one object of a kind.
public enum ObjectKind {
  /// Tables, views, indexes, sequences.
  RELATION,
  COLUMN,
  CONSTRAINT,
  /// The default of a column.
  DEFAULT,
  /// Types and domains.
  TYPE,
  ROUTINE,
  TRIGGER,
  POLICY,
  RULE,
  SCHEMA,
  OTHER
}
