package tranche.core.structure;

import java.util.Objects;

/// How one object differs between what was expected and what was observed.
public sealed interface StructureChange {
  /// The object.
  ObjectKey object();

  /// The difference in one line: "column issues.priority: integer, expected smallint".
  String sentence();

  /// An object that was observed and not expected.
  ///
  /// @param observed its definition
  record Added(ObjectKey object, String observed) implements StructureChange {
    /// Requires both.
    public Added {
      Objects.requireNonNull(object);
      Objects.requireNonNull(observed);
    }

    @Override
    public String sentence() {
      return object + " is not expected: " + OneLine.of(observed);
    }
  }

  /// An object that was expected and not observed.
  ///
  /// @param expected its definition
  record Removed(ObjectKey object, String expected) implements StructureChange {
    /// Requires both.
    public Removed {
      Objects.requireNonNull(object);
      Objects.requireNonNull(expected);
    }

    @Override
    public String sentence() {
      return object + " is missing, expected " + OneLine.of(expected);
    }
  }

  /// An object with another definition than expected.
  ///
  /// @param expected the definition that was expected
  /// @param observed the definition that was observed
  record Changed(ObjectKey object, String expected, String observed) implements StructureChange {
    /// Requires all three.
    public Changed {
      Objects.requireNonNull(object);
      Objects.requireNonNull(expected);
      Objects.requireNonNull(observed);
    }

    @Override
    public String sentence() {
      OneLine.Pair texts = OneLine.differing(observed, expected);
      return object + ": " + texts.first() + ", expected " + texts.second();
    }
  }
}
