package tranche.postgres.onboard;

import java.util.Objects;

/// What was found where the store of a new tenant is to be.
public sealed interface Place {
  /// There is no such database.
  record NoDatabase() implements Place {}

  /// The database is there, the schema is not.
  record NoSchema() implements Place {}

  /// There is a schema with nothing in it and no history.
  record Empty() implements Place {}

  /// A schema that was begun.
  ///
  /// @param maker for whom: `tenant acme`
  record Begun(String maker) implements Place {
    public Begun {
      Objects.requireNonNull(maker);
    }
  }

  /// Something is there already.
  ///
  /// @param contents a few words: `table issues, sequence issues_id_seq and more`
  record Used(String contents) implements Place {
    public Used {
      Objects.requireNonNull(contents);
    }
  }
}
