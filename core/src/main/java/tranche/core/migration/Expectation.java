package tranche.core.migration;

import java.util.Objects;

/// Something that must be true of the store's own schema after a migration (I9). Names are those of
/// the catalog, without quotes.
///
/// A statement that fails unless it makes its object only needs the object to be there. One with
/// `IF NOT EXISTS` passes over whatever has the name, so there it says what the object must be.
public sealed interface Expectation {
  /// A table, view, sequence or materialized view of that name is there.
  record RelationThere(String name) implements Expectation {
    public RelationThere {
      Objects.requireNonNull(name);
    }
  }

  /// A relation of that name and kind is there.
  record RelationIs(String name, RelationKind kind) implements Expectation {
    public RelationIs {
      Objects.requireNonNull(name);
      Objects.requireNonNull(kind);
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

  /// The column is there and has that type.
  record ColumnIs(String table, String column, ColumnType type) implements Expectation {
    public ColumnIs {
      Objects.requireNonNull(table);
      Objects.requireNonNull(column);
      Objects.requireNonNull(type);
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

  /// The index is there, valid and ready, and covers what it should.
  record IndexIs(String name, IndexShape shape) implements Expectation {
    public IndexIs {
      Objects.requireNonNull(name);
      Objects.requireNonNull(shape);
    }
  }

  /// There is such an index, valid and ready, whatever its name.
  record IndexOn(IndexShape shape) implements Expectation {
    public IndexOn {
      Objects.requireNonNull(shape);
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
