package tranche.postgres.structure;

import tranche.core.structure.ObjectKey;

/// One statement that makes a part of a schema again.
///
/// @param stage what comes before what where nothing depends on each other; lower first
/// @param object what it makes, or makes complete
/// @param sql the statement, with names in the schema unqualified
/// @param node what it creates, for the order; [Node#NONE] if nothing depends on it
/// @param reach whether it locks a table outside of the schema
/// @param mark whether its text names the schema and was rewritten, or should have been
record CopyStatement(int stage, ObjectKey object, String sql, Node node, Reach reach, Mark mark) {
  /// An entry of the catalog.
  record Node(long classId, long objectId) {
    static final Node NONE = new Node(0, 0);
  }

  enum Reach {
    INSIDE,
    OUTSIDE
  }

  enum Mark {
    PLAIN,
    NAMES_ITS_SCHEMA
  }
}
