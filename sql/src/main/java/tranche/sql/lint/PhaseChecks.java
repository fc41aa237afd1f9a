package tranche.sql.lint;

import java.util.Optional;
import java.util.Set;
import tranche.core.migration.Finding.Severity;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaPhase;
import tranche.sql.effect.Replacements;

/// Statements that remove something, where they do not belong.
final class PhaseChecks {
  private static final Set<String> NOT_NAMED = Set.of("index", "statistics");

  private PhaseChecks() {}

  static void check(Subject subject, Report report) {
    StatementEffect effect = subject.effect();
    boolean isContract = effect.phase() == SchemaPhase.CONTRACT;
    if (!isContract || subject.migration().isContract() || isSaidOtherwise(subject)) {
      return;
    }
    if (Replacements.in(subject.migration().effects()).contains(subject.index())) {
      return;
    }
    Optional<SchemaPhase> stated = subject.migration().statedPhase();
    if (stated.isPresent()) {
      report.add(
          ScriptRules.CONTRACT_TOO_EARLY,
          subject.part(),
          "%s, in a migration of phase %s".formatted(effect.summary(), stated.get().word()),
          ownFile(subject));
    } else if (subject.migration().effects().stream().anyMatch(PhaseChecks::adds)) {
      report.add(
          ScriptRules.MIXED_PHASES,
          severity(effect),
          subject.part(),
          "%s, beside statements that add".formatted(effect.summary()),
          ownFile(subject));
    }
  }

  // Other rules say it better.
  private static boolean isSaidOtherwise(Subject subject) {
    return switch (subject.tree().kind()) {
      case "RenameStmt", "AlterObjectSchemaStmt", "TruncateStmt" -> true;
      case "DeleteStmt", "MergeStmt" -> true;
      case "AlterTableStmt" ->
          subject.effect().summary().startsWith("change type of")
              && !subject.effect().summary().contains("drop ");
      default -> false;
    };
  }

  private static Severity severity(StatementEffect effect) {
    boolean isNamed =
        effect.objects().stream().anyMatch(o -> !NOT_NAMED.contains(o.kind()))
            && !(effect.summary().startsWith("drop constraint")
                || effect.summary().startsWith("drop trigger")
                || effect.summary().startsWith("drop rule"));
    return isNamed ? Severity.ERROR : Severity.WARNING;
  }

  private static boolean adds(StatementEffect effect) {
    return effect.phase() != SchemaPhase.CONTRACT && !(effect.undo() instanceof Undo.NotNeeded);
  }

  private static String ownFile(Subject subject) {
    return "-- in a migration of its own:\n-- tranche: phase=contract\n%s;"
        .formatted(subject.part().text());
  }
}
