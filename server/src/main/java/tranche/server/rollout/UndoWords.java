package tranche.server.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tranche.core.rollout.Plan;

/// What taking a plan back costs, and until when it can be done.
final class UndoWords {
  private UndoWords() {}

  static List<String> of(Plan plan) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Tranches 1 to "
            + plan.tranches().size()
            + " revert by traffic, in reverse order: each"
            + " tenant goes back to the release it came from; the schema stays expanded, which both"
            + " releases read, and nothing written since is lost.");
    long installed = plan.moves().stream().filter(m -> m.from().isEmpty()).count();
    if (installed > 0) {
      sentences.add(
          Words.count(installed, "tenant")
              + " run nothing yet: taking these back ends their"
              + " service and leaves their stores.");
    }
    sentences.add(pointOfNoReturn(plan));
    sentences.addAll(held(plan));
    return sentences;
  }

  private static String pointOfNoReturn(Plan plan) {
    if (!plan.hasContract()) {
      return "There is no contract in this plan, and so no point of no return.";
    }
    String approval =
        plan.contract().approval().map(who -> " and an approval by " + who).orElse("");
    return "Contract begins "
        + Words.of(plan.contract().revertWindow())
        + " after the last tenant has moved"
        + approval
        + "; a store where it has begun is past the point of no return.";
  }

  private static List<String> held(Plan plan) {
    Map<String, Long> reasons = new TreeMap<>();
    plan.stores()
        .forEach(s -> s.contractHeld().ifPresent(why -> reasons.merge(why, 1L, Long::sum)));
    return reasons.entrySet().stream()
        .limit(5)
        .map(e -> "No contract on " + Words.count(e.getValue(), "store") + ": " + e.getKey() + ".")
        .toList();
  }
}
