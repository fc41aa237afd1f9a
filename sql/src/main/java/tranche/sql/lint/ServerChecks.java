package tranche.sql.lint;

import java.util.Optional;
import java.util.Set;
import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.migration.TouchedObject;
import tranche.sql.script.ObjectKind;

/// What reaches beyond the store, and what cannot be seen.
final class ServerChecks {
  private static final Set<String> SERVER_WIDE =
      Set.of(
          "AlterSystemStmt",
          "CreatedbStmt",
          "DropdbStmt",
          "AlterDatabaseStmt",
          "AlterDatabaseSetStmt",
          "AlterDatabaseRefreshCollStmt",
          "CreateTableSpaceStmt",
          "DropTableSpaceStmt",
          "AlterTableSpaceOptionsStmt",
          "CreateSubscriptionStmt",
          "AlterSubscriptionStmt",
          "DropSubscriptionStmt");
  private static final Set<String> ROLES =
      Set.of(
          "CreateRoleStmt",
          "AlterRoleStmt",
          "AlterRoleSetStmt",
          "DropRoleStmt",
          "DropOwnedStmt",
          "ReassignOwnedStmt",
          "GrantRoleStmt");
  private static final Set<String> OPAQUE = Set.of("DoStmt", "CallStmt", "ExecuteStmt");
  private static final Set<String> KNOWN_SCHEMAS =
      Set.of("pg_catalog", "information_schema", "pg_temp");

  private ServerChecks() {}

  static void check(Subject subject, Report report) {
    String kind = subject.tree().kind();
    if (SERVER_WIDE.contains(kind)) {
      add(ScriptRules.SERVER_WIDE, subject, report);
    } else if (ROLES.contains(kind)) {
      add(ScriptRules.ROLES, subject, report);
    } else if (OPAQUE.contains(kind)
        || (kind.equals("SelectStmt") && subject.effect().work() == Work.UNKNOWN)) {
      add(ScriptRules.OPAQUE, subject, report);
    } else {
      otherSchema(subject, report);
    }
  }

  private static void add(Rule rule, Subject subject, Report report) {
    report.add(rule, subject.part(), subject.effect().summary(), rule.safeWay());
  }

  private static void otherSchema(Subject subject, Report report) {
    boolean onlyReads =
        subject.tree().is("SelectStmt")
            || (subject.effect().lock().compareTo(LockLevel.ACCESS_SHARE) < 0
                && !subject.tree().kind().startsWith("Create"));
    Optional<TouchedObject> first = subject.effect().objects().stream().findFirst();
    Optional<String> schema = first.flatMap(TouchedObject::schema);
    boolean isNamed =
        schema
            .filter(s -> !KNOWN_SCHEMAS.contains(s))
            .filter(s -> subject.earlier().made(ObjectKind.SCHEMA, s).isEmpty())
            .isPresent();
    if (isNamed && !onlyReads) {
      report.add(
          ScriptRules.OTHER_SCHEMA,
          subject.part(),
          "%s: the schema %s is named in the script"
              .formatted(subject.effect().summary(), schema.orElse("")),
          ScriptRules.OTHER_SCHEMA.safeWay());
    }
  }
}
