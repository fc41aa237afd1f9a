package tranche.sql.lint;

import java.util.List;
import java.util.Set;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.tree.Node;

/// What a script does to the session and the transaction that Tranche runs it in.
final class SessionChecks {
  private static final Set<String> GUARDS =
      Set.of(
          "lock_timeout",
          "statement_timeout",
          "transaction_timeout",
          "idle_in_transaction_session_timeout",
          "role",
          "session_authorization",
          "row_security",
          "client_encoding",
          "standard_conforming_strings",
          "SESSION CHARACTERISTICS");

  private SessionChecks() {}

  static void check(Subject subject, Report report) {
    switch (subject.tree().kind()) {
      case "TransactionStmt" ->
          report.add(
              ScriptRules.TRANSACTION,
              subject.part(),
              "%s in a script".formatted(subject.effect().summary()),
              ScriptRules.TRANSACTION.safeWay());
      case "VariableSetStmt" -> setting(subject, report);
      case "SelectStmt" -> {
        if (setsSearchPath(subject.tree())) {
          searchPath(subject, report);
        }
      }
      case "LockStmt" -> {
        if (subject.effect().lock().blocksWrites()) {
          report.add(
              ScriptRules.LOCK_TABLE,
              subject.part(),
              subject.effect().summary(),
              ScriptRules.LOCK_TABLE.safeWay());
        }
      }
      case "AlterEnumStmt" -> enumValue(subject, report);
      default -> {}
    }
    transaction(subject, report);
  }

  private static void setting(Subject subject, Report report) {
    String name = subject.text("name");
    boolean isResetAll = subject.text("kind").equals("VAR_RESET_ALL");
    if (name.equals("search_path") || isResetAll) {
      searchPath(subject, report);
    } else if (name.equals("session_replication_role")) {
      report.add(
          ScriptRules.DISABLE_TRIGGERS,
          subject.part(),
          "sets session_replication_role",
          ScriptRules.DISABLE_TRIGGERS.safeWay());
    } else if (GUARDS.contains(name) && !subject.tree().flag("is_local")) {
      report.add(
          ScriptRules.SESSION_SETTING,
          subject.part(),
          "sets %s for the whole session".formatted(name),
          ScriptRules.SESSION_SETTING.safeWay());
    }
  }

  private static void searchPath(Subject subject, Report report) {
    report.add(
        ScriptRules.SEARCH_PATH,
        subject.part(),
        "changes where names are looked up",
        ScriptRules.SEARCH_PATH.safeWay());
  }

  private static boolean setsSearchPath(Node node) {
    if (node.is("FuncCall") && Name.ofParts(node.children("funcname")).own().equals("set_config")) {
      return node.children("args").stream()
          .findFirst()
          .flatMap(a -> a.child("sval"))
          .flatMap(s -> s.text("sval"))
          .filter("search_path"::equalsIgnoreCase)
          .isPresent();
    }
    return node.children().stream().anyMatch(SessionChecks::setsSearchPath);
  }

  private static void enumValue(Subject subject, Report report) {
    String value = subject.text("newVal");
    Name type = Name.ofParts(subject.tree().children("typeName"));
    boolean isAdded = !subject.tree().isPresent("oldVal");
    boolean isNewType = subject.earlier().made(ObjectKind.TYPE, type.text()).isPresent();
    if (!isAdded || isNewType || !subject.migration().isTransactional()) {
      return;
    }
    var parts = subject.migration().parts();
    parts.subList(subject.index() + 1, parts.size()).stream()
        .filter(part -> uses(part.tree(), value))
        .findFirst()
        .ifPresent(part ->
            report.add(
                ScriptRules.ENUM_VALUE,
                part,
                "uses '%s', which line %d adds to %s".formatted(value, subject.part().line(), type),
                ScriptRules.ENUM_VALUE.safeWay()));
  }

  private static boolean uses(Node node, String value) {
    boolean isHere =
        node.is("A_Const")
            && node.child("sval").flatMap(s -> s.text("sval")).filter(value::equals).isPresent();
    return isHere || node.children().stream().anyMatch(part -> uses(part, value));
  }

  private static void transaction(Subject subject, Report report) {
    List<StatementEffect> effects = subject.migration().effects();
    boolean isAmongOthers =
        effects.stream().anyMatch(e -> e.canRunInTransaction() && changesSomething(e));
    if (!subject.effect().canRunInTransaction() && isAmongOthers) {
      report.add(
          ScriptRules.MIXED_TRANSACTION,
          subject.part(),
          "%s cannot be in a transaction, so the whole script is not in one"
              .formatted(subject.effect().summary()),
          ScriptRules.MIXED_TRANSACTION.safeWay());
    }
  }

  private static boolean changesSomething(StatementEffect effect) {
    return !(effect.undo() instanceof Undo.NotNeeded);
  }
}
