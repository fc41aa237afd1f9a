package tranche.config.migration;

import java.util.Optional;
import tranche.core.migration.CallbackEvent;
import tranche.core.release.SchemaVersion;

/// What the name of a file says about it.
sealed interface ScriptName {
  /// `V1__x.sql`
  record Versioned(SchemaVersion version, String description) implements ScriptName {}

  /// `U1__x.sql`
  record Undo(SchemaVersion version, String description) implements ScriptName {}

  /// `B1__x.sql`
  record Baseline(SchemaVersion version, String description) implements ScriptName {}

  /// `R__x.sql`
  record Repeatable(String description) implements ScriptName {}

  /// `beforeMigrate__x.sql`
  record CallbackScript(CallbackEvent event, String description) implements ScriptName {}

  /// `beforeClean.sql`: Flyway knows when it runs, Tranche has no such moment.
  record OtherCallback(String event) implements ScriptName {}

  /// `001_x.up.sql`
  record Pair(
      SchemaVersion version, String description, Optional<String> dialect, Direction direction)
      implements ScriptName {}

  /// `V1__x.java`: a migration that is a program.
  record Program() implements ScriptName {}

  /// It is no script at all.
  record Other() implements ScriptName {}

  /// It is SQL, and its name fits no rule.
  record NotUnderstood(String why) implements ScriptName {}

  /// Where a script of a pair leads.
  enum Direction {
    UP,
    DOWN
  }
}
