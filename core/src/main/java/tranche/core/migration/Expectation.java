package tranche.core.migration;

import java.util.Objects;

/// Something that must be true of the store's own schema after a migration (I9). Names are those of
/// the catalog, without quotes.
public sealed interface Expectation {
  /// A table, view, sequence or materialized view of that name is there.
  record RelationThere(String name) implements Expectation {
    public RelationThere {
      Objects.requireNonNull(name);
    }
  }

  /// No table, view, index or sequence of that name is there.
  record RelationGone(String name) implements Expectation {
    public RelationGone {
      Objects.requireNonNull(name);
    }
  }

  /// The column is there.
  record ColumnThere(String table, String column) implements Expectation {
    public ColumnThere {
      Objects.requireNonNull(table);
      Objects.requireNonNull(column);
    }
  }

  /// The column is not there.
  record ColumnGone(String table, String column) implements Expectation {
    public ColumnGone {
      Objects.requireNonNull(table);
      Objects.requireNonNull(column);
    }
  }

  /// The index is there, valid and ready.
  record IndexValid(String name) implements Expectation {
    public IndexValid {
      Objects.requireNonNull(name);
    }
  }

  /// The constraint is there.
  record ConstraintThere(String table, String constraint) implements Expectation {
    public ConstraintThere {
      Objects.requireNonNull(table);
      Objects.requireNonNull(constraint);
    }
  }
}
