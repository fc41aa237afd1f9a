package tranche.core.migration;

import java.util.Objects;
import tranche.core.release.SchemaVersion;

/// What identifies a migration in a folder and in the history of a store.
public sealed interface MigrationKey {
  /// Marks the keys of repeatable migrations in a history.
  String REPEATABLE = "R:";

  /// A migration that runs once, in the order of versions.
  record Version(SchemaVersion version) implements MigrationKey {
    public Version {
      Objects.requireNonNull(version);
    }

    @Override
    public String text() {
      return version.canonical();
    }

    @Override
    public String toString() {
      return "V" + version;
    }
  }

  /// A migration that runs again whenever its text has changed, after all versioned ones.
  record Repeatable(String description) implements MigrationKey {
    public Repeatable {
      if (description.isBlank()) {
        throw new IllegalArgumentException("a repeatable migration has a description");
      }
    }

    @Override
    public String text() {
      return REPEATABLE + description;
    }

    @Override
    public String toString() {
      return "R " + description;
    }
  }

  /// The one text under which a history keeps it: `2.1`, or `R:` and the description.
  String text();

  /// Reads what [#text()] wrote.
  ///
  /// @throws IllegalArgumentException if it is neither
  static MigrationKey parse(String text) {
    return text.startsWith(REPEATABLE)
        ? new Repeatable(text.substring(REPEATABLE.length()))
        : new Version(new SchemaVersion(text));
  }
}
