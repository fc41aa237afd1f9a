package tranche.postgres.structure;

import tranche.core.structure.ObjectKey;
import tranche.core.structure.StructureChange;

/// Something in which a copy of a schema is not as its source.
public sealed interface CopyGap {
  /// The gap in one line.
  String sentence();

  /// The server refused to create an object again.
  ///
  /// @param object what is missing or incomplete
  /// @param reason what the server said
  record NotCreated(ObjectKey object, String reason) implements CopyGap {
    @Override
    public String sentence() {
      return object + " could not be copied: " + reason;
    }
  }

  /// An object refers to something outside of the schema, and was not copied because that would
  /// have locked it.
  record LeftOut(ObjectKey object) implements CopyGap {
    @Override
    public String sentence() {
      return object + " reaches out of the schema and was not copied";
    }
  }

  /// What was read from the copy is not what was read from its source.
  record Differs(StructureChange change) implements CopyGap {
    @Override
    public String sentence() {
      return "in the copy, " + change.sentence();
    }
  }

  /// The text of a function names the schema that it lies in. In the copy the name was replaced
  /// where it qualifies another name; text that is put together when the function runs still means
  /// the source.
  record NamesItsSchema(ObjectKey object) implements CopyGap {
    @Override
    public String sentence() {
      return object + " names its own schema in its text and may still reach the source";
    }
  }
}
