package tranche.app.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tranche.api.schema.SchemaAdoptJson;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaStatusJson;
import tranche.api.schema.StoreGroupJson;
import tranche.engine.fanout.FanoutSummary;

/// Which commands make sense after a command.
final class NextSteps {
  private static final String SCHEMA = "tranche schema ";

  private NextSteps() {}

  /// @param words the options that say which stores and migrations are meant
  static List<String> afterStatus(SchemaStatusJson status, String words) {
    Set<String> states =
        status.groups().stream().map(StoreGroupJson::state).collect(Collectors.toSet());
    List<String> next = new ArrayList<>();
    if (states.contains("not-adopted")) {
      next.add(SCHEMA + "adopt" + words);
    }
    if (status.folders().isEmpty()) {
      next.add(SCHEMA + "new 'what it does'");
    } else if (states.stream().anyMatch(Set.of("behind", "empty", "halfway", "failed")::contains)) {
      next.add(SCHEMA + "plan" + words);
    }
    return next;
  }

  static List<String> afterAdopt(SchemaAdoptJson adopt, String words) {
    boolean isTakable = adopt.groups().stream().anyMatch(g -> g.outcome().equals("adopted"));
    return isTakable && adopt.isDry()
        ? List.of(SCHEMA + "adopt" + words)
        : List.of(SCHEMA + "status" + words);
  }

  static List<String> afterRun(String verb, FanoutSummary.Next next, String words) {
    return switch (next) {
      case NOTHING -> List.of(SCHEMA + "status" + words);
      case RUN_AGAIN -> List.of("the same command again", SCHEMA + "status" + words);
      case FIX_AND_RUN_AGAIN ->
          List.of(SCHEMA + "status --failed" + words, "the same command again");
      case ADOPT -> List.of(SCHEMA + "adopt" + words, SCHEMA + verb + words);
    };
  }

  static List<String> afterPlan(SchemaPlanJson plan, String words) {
    boolean isRefused =
        plan.findings().stream().anyMatch(f -> f.severity().equals("error") && !f.allowed());
    if (isRefused) {
      return List.of(SCHEMA + "plan" + words + "    (after the errors are cleared)");
    }
    if (plan.moving() > 0) {
      return List.of(SCHEMA + plan.verb() + words);
    }
    boolean isForeign = plan.still().stream().anyMatch(g -> g.state().equals("not-adopted"));
    return List.of(SCHEMA + (isForeign ? "adopt" : "status") + words);
  }
}
