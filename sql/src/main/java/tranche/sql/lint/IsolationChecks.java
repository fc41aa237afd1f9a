package tranche.sql.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// What separates tenants must not get weaker (I11).
final class IsolationChecks {
  private static final Set<String> DISABLED =
      Set.of("AT_DisableTrig", "AT_DisableTrigAll", "AT_DisableTrigUser");

  private IsolationChecks() {}

  static void check(Subject subject, Report report) {
    switch (subject.tree().kind()) {
      case "AlterTableStmt" -> {
        for (Node command : subject.tree().children("cmds")) {
          command(command.text("subtype").orElse(""), subject, report);
        }
      }
      case "DropStmt" -> dropPolicy(subject, report);
      case "CreateStmt" -> tenantTable(subject, report);
      case "CreateFunctionStmt" -> definer(subject, report);
      case "GrantStmt" -> grant(subject, report);
      default -> {}
    }
  }

  private static void command(String subtype, Subject subject, Report report) {
    Name table = subject.relation("relation");
    if (!subject.isInUse(table)) {
      return;
    }
    if (subtype.equals("AT_DisableRowSecurity") || subtype.equals("AT_NoForceRowSecurity")) {
      weakened(subject, report);
    } else if (DISABLED.contains(subtype)) {
      report.add(
          ScriptRules.DISABLE_TRIGGERS,
          subject.part(),
          subject.effect().summary(),
          ScriptRules.DISABLE_TRIGGERS.safeWay());
    } else if (subtype.equals("AT_EnableRowSecurity") && !has("CreatePolicyStmt", table, subject)) {
      report.add(
          ScriptRules.SECURITY_WITHOUT_POLICY,
          subject.part(),
          "hides all rows of %s from everybody but its owner".formatted(table),
          "CREATE POLICY own_tenant_only ON %s USING (/* whose row it is */ true);"
              .formatted(table.sql()));
    }
  }

  private static void weakened(Subject subject, Report report) {
    report.add(
        ScriptRules.WEAKEN_SECURITY,
        subject.part(),
        subject.effect().summary(),
        ScriptRules.WEAKEN_SECURITY.safeWay());
  }

  private static boolean has(String kind, Name table, Subject subject) {
    String field = kind.equals("CreatePolicyStmt") ? "table" : "relation";
    return subject.migration().parts().stream()
        .map(ScriptPart::tree)
        .filter(tree -> tree.is(kind))
        .anyMatch(tree -> tree.child(field).map(Name::ofRange).filter(table::equals).isPresent());
  }

  private static void dropPolicy(Subject subject, Report report) {
    if (!subject.text("removeType").equals("OBJECT_POLICY")) {
      return;
    }
    for (Node object : subject.tree().children("objects")) {
      List<Node> parts = object.children("items");
      Name table = Name.ofParts(parts.subList(0, parts.size() - 1));
      if (subject.isInUse(table) && !has("CreatePolicyStmt", table, subject)) {
        weakened(subject, report);
      }
    }
  }

  private static void tenantTable(Subject subject, Report report) {
    Name table = subject.relation("relation");
    boolean isForTenants =
        subject.tree().children("tableElts").stream()
            .anyMatch(e -> e.text("colname").filter("tenant_id"::equals).isPresent());
    boolean isSecured =
        isSet("AT_EnableRowSecurity", table, subject)
            && isSet("AT_ForceRowSecurity", table, subject);
    if (isForTenants && !isSecured) {
      report.add(
          ScriptRules.TENANT_TABLE,
          subject.part(),
          "%s has tenant_id and no forced row security".formatted(table),
          """
          ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY;
          ALTER TABLE %1$s FORCE ROW LEVEL SECURITY;
          CREATE POLICY own_tenant_only ON %1$s
            USING (tenant_id::text = nullif(current_setting('app.tenant', true), ''));\
          """
              .formatted(table.sql()));
    }
  }

  private static boolean isSet(String subtype, Name table, Subject subject) {
    return subject.migration().parts().stream()
        .map(ScriptPart::tree)
        .filter(tree -> tree.is("AlterTableStmt"))
        .filter(tree -> tree.child("relation").map(Name::ofRange).filter(table::equals).isPresent())
        .flatMap(tree -> tree.children("cmds").stream())
        .anyMatch(command -> command.text("subtype").filter(subtype::equals).isPresent());
  }

  private static void definer(Subject subject, Report report) {
    List<Node> options = subject.tree().children("options");
    boolean isDefiner =
        options.stream()
            .filter(o -> o.text("defname").filter("security"::equals).isPresent())
            .anyMatch(o -> o.child("arg").filter(a -> a.flag("boolval")).isPresent());
    boolean isPinned =
        options.stream()
            .map(o -> o.child("arg"))
            .flatMap(Optional::stream)
            .anyMatch(a -> a.text("name").filter("search_path"::equals).isPresent());
    if (isDefiner && !isPinned) {
      Name name = Name.ofParts(subject.tree().children("funcname"));
      report.add(
          ScriptRules.DEFINER,
          subject.part(),
          "%s runs as its owner with the caller's search path".formatted(name),
          "CREATE FUNCTION %s ... SECURITY DEFINER SET search_path = %s, pg_temp ..."
              .formatted(name.sql(), name.schema().map(Quoting::identifier).orElse("the_schema")));
    }
  }

  private static void grant(Subject subject, Report report) {
    boolean isPublic =
        subject.tree().children("grantees").stream()
            .anyMatch(g -> g.text("roletype").filter("ROLESPEC_PUBLIC"::equals).isPresent());
    if (subject.tree().flag("is_grant") && isPublic) {
      report.add(
          ScriptRules.GRANT_PUBLIC,
          subject.part(),
          subject.effect().summary() + " to everybody",
          ScriptRules.GRANT_PUBLIC.safeWay());
    }
  }
}
