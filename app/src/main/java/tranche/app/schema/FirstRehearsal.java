package tranche.app.schema;

import java.util.List;
import java.util.function.Function;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.app.cli.render.SchemaPlanText;
import tranche.core.fleet.StoreId;
import tranche.engine.fanout.FanoutPlan;

/// The rehearsal between reading stores and changing the first one.
record FirstRehearsal(Speech speech, Rehearsing rehearsing, RehearseWhen when) {
  /// Tries what the plan says, and tells what came out.
  ///
  /// @throws tranche.core.problem.ProblemException [SchemaProblem.RehearsalFailed] if it went wrong
  ///   and a good one is required
  List<RehearsalJson> of(FanoutPlan plan, Function<StoreId, String> labels) {
    if (when == RehearseWhen.NEVER || plan.moving() == 0) {
      return List.of();
    }
    List<RehearsalJson> rehearsals = rehearsing.of(plan, labels);
    if (when.isRefused(rehearsals)) {
      throw SchemaProblem.RehearsalFailed.of(rehearsals).exception();
    }
    for (RehearsalJson rehearsal : rehearsals) {
      SchemaPlanText.rehearsal(rehearsal, speech.voice().errorLook(speech.surroundings())).stream()
          .filter(line -> !line.isBlank())
          .forEach(speech::say);
    }
    return rehearsals;
  }
}
