package tranche.config.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import tranche.core.migration.CallbackEvent;
import tranche.core.release.SchemaVersion;

/// Reads names such as `V1.1__add_priority.sql`, by Flyway's rules: the longest prefix that fits
/// decides, the first separator divides.
final class FlywayFileNames {
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,20}(?:[._][0-9]{1,20}){0,9}");
  private static final List<String> OTHER_CALLBACKS =
      List.of(
          "beforeClean",
          "afterClean",
          "afterCleanError",
          "beforeEachMigrateStatement",
          "afterEachMigrateStatement",
          "afterEachMigrateStatementError",
          "beforeRepeatables",
          "afterVersioned",
          "beforeUndo",
          "beforeEachUndo",
          "beforeEachUndoStatement",
          "afterEachUndoStatement",
          "afterEachUndoStatementError",
          "afterEachUndo",
          "afterEachUndoError",
          "afterUndo",
          "afterUndoError",
          "beforeValidate",
          "afterValidate",
          "afterValidateError",
          "beforeBaseline",
          "afterBaseline",
          "afterBaselineError",
          "beforeRepair",
          "afterRepair",
          "afterRepairError",
          "beforeInfo",
          "afterInfo",
          "afterInfoError",
          "afterMigrateOperationFinish",
          "afterInfoOperationFinish",
          "afterCleanOperationFinish",
          "afterValidateOperationFinish",
          "afterUndoOperationFinish",
          "afterRepairOperationFinish",
          "afterBaselineOperationFinish",
          "afterReportGenerated",
          "createSchema",
          "beforeCreateSchema",
          "beforeConnect",
          "afterConnect");

  private final FlywayNames names;
  private final List<Prefix> prefixes = new ArrayList<>();

  /// What follows from a prefix for the two parts around the separator.
  private record Prefix(String text, BiFunction<String, String, ScriptName> reading) {}

  FlywayFileNames(FlywayNames names) {
    this.names = names;
    versioned(names.versioned(), ScriptName.Versioned::new);
    versioned(names.undo(), ScriptName.Undo::new);
    versioned(names.baseline(), ScriptName.Baseline::new);
    unversioned(names.repeatable(), this::repeatable);
    Arrays.stream(CallbackEvent.values())
        .forEach(e ->
            unversioned(
                e.flywayName(), description -> new ScriptName.CallbackScript(e, description)));
    OTHER_CALLBACKS.forEach(e -> unversioned(e, _ -> new ScriptName.OtherCallback(e)));
    prefixes.sort(Comparator.comparingInt((Prefix p) -> p.text().length()).reversed());
  }

  private void versioned(String prefix, BiFunction<SchemaVersion, String, ScriptName> script) {
    prefixes.add(
        new Prefix(
            prefix,
            (version, description) ->
                VERSION.matcher(version).matches()
                    ? script.apply(new SchemaVersion(version.replace('_', '.')), description)
                    : new ScriptName.NotUnderstood(
                        version.isEmpty()
                            ? "it has no version after " + prefix
                            : "'" + version + "' is not a version")));
  }

  private void unversioned(String prefix, java.util.function.Function<String, ScriptName> script) {
    prefixes.add(
        new Prefix(
            prefix,
            (version, description) ->
                version.isEmpty()
                    ? script.apply(description)
                    : new ScriptName.NotUnderstood(
                        "between '"
                            + prefix
                            + "' and '"
                            + names.separator()
                            + "' stands '"
                            + version
                            + "'")));
  }

  private ScriptName repeatable(String description) {
    return description.isBlank()
        ? new ScriptName.NotUnderstood("a repeatable migration is known by its description alone")
        : new ScriptName.Repeatable(description);
  }

  /// The name without its suffix, if it has one that scripts have.
  Optional<String> withoutSuffix(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    return names.suffixes().stream()
        .filter(s -> lower.endsWith(s.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(s -> fileName.substring(0, fileName.length() - s.length()));
  }

  /// What a name without suffix says.
  ScriptName parse(String name) {
    for (Prefix prefix : prefixes) {
      if (name.startsWith(prefix.text())) {
        String rest = name.substring(prefix.text().length());
        int at = rest.indexOf(names.separator());
        String version = at < 0 ? rest : rest.substring(0, at);
        String text = at < 0 ? "" : rest.substring(at + names.separator().length());
        return prefix.reading().apply(version, text.replace('_', ' '));
      }
    }
    return new ScriptName.NotUnderstood("it begins like no kind of script");
  }
}
