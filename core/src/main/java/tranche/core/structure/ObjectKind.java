package tranche.core.structure;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of objects in a structure, in the order in which differences are reported.
public enum ObjectKind {
  /// A table, partitioned table, partition or foreign table, without its columns.
  TABLE("table"),
  /// A column of a table: type, collation, nullability, default, identity, generation, storage.
  COLUMN("column"),
  /// A primary key, unique, check, exclusion or foreign key constraint of a table. Whether a column
  /// may be null is part of the column.
  CONSTRAINT("constraint"),
  /// An index that does not belong to a constraint.
  INDEX("index"),
  /// A sequence, without its position.
  SEQUENCE("sequence"),
  /// A view.
  VIEW("view"),
  /// A materialized view; whether it is filled is no part of it.
  MATERIALIZED_VIEW("materialized view"),
  /// A function, procedure or aggregate; the name holds the types of its arguments.
  FUNCTION("function"),
  /// A trigger that somebody created, with whether it is enabled.
  TRIGGER("trigger"),
  /// An enum, domain, composite, range or base type.
  TYPE("type"),
  /// A row-level security policy.
  POLICY("policy"),
  /// That row-level security of a table is enabled or forced.
  ROW_SECURITY("row security"),
  /// An extended statistics object.
  STATISTICS("statistics"),
  /// A rewrite rule other than the one that makes a view.
  RULE("rule"),
  /// Anything else that lives in a schema: collation, operator, text search object, conversion.
  OTHER("object"),
  /// Who owns an object.
  OWNER("owner"),
  /// What was granted on an object or by default in the schema.
  GRANT("grant"),
  /// What somebody wrote about an object.
  COMMENT("comment");

  private final String word;

  ObjectKind(String word) {
    this.word = word;
  }

  /// The kind in a sentence, in lower case.
  public String word() {
    return word;
  }

  /// The kind of that word.
  public static Optional<ObjectKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
