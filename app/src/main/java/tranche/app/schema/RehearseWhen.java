package tranche.app.schema;

import java.util.List;
import java.util.Locale;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;

/// What a rehearsal is for.
enum RehearseWhen {
  /// None.
  NEVER,
  /// What goes wrong is said.
  REPORT,
  /// What goes wrong keeps the run from beginning.
  REQUIRE;

  /// Whether what came out keeps a run from beginning.
  boolean isRefused(List<RehearsalJson> rehearsals) {
    return this == REQUIRE && rehearsals.stream().anyMatch(r -> isBad(r.outcome()));
  }

  private static boolean isBad(String outcome) {
    return outcome.endsWith("failed") || outcome.equals("not-restored");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
