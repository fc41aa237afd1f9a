package tranche.config.migration;

import java.util.Objects;

/// Something that was left out or taken otherwise than its author may think.
///
/// @param kind what it is about
/// @param name the file, below the folder, or the key
/// @param why one sentence
public record FolderNote(Kind kind, String name, String why) {
  public FolderNote {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(name);
    Objects.requireNonNull(why);
  }

  /// What a note is about.
  public enum Kind {
    /// A file that is not a migration.
    FILE_IGNORED,
    /// A script for another database.
    OTHER_DIALECT,
    /// A callback that Tranche has no event for.
    CALLBACK_IGNORED,
    /// A key of a configuration file that has no meaning here.
    KEY_IGNORED
  }

  @Override
  public String toString() {
    return name + ": " + why;
  }
}
