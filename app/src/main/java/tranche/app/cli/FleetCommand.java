package tranche.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tranche.api.client.TrancheClient;
import tranche.api.fleet.FleetJson;
import tranche.api.fleet.TenantQuery;
import tranche.app.cli.render.FleetText;

/// `tranche fleet`.
@Command(name = "fleet", description = "Look at the fleet.")
final class FleetCommand {
  private final Surroundings surroundings;

  FleetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(name = "show", description = "Show how large the fleet is and who runs what.")
  int show(@Mixin Shared shared) {
    try (Session session = Session.open(surroundings, shared)) {
      FleetJson fleet = session.client().fleet();
      return session.print(
          Answer.one(
                  "fleet",
                  fleet,
                  "fleet",
                  look -> FleetText.lines(fleet, byTierAndRelease(session.client(), fleet), look))
              .then("tranche tenant list", "tranche release list"));
    }
  }

  /// Asks for counts, not for tenants: the fleet may be large.
  private static Map<String, Map<String, Long>> byTierAndRelease(
      TrancheClient client, FleetJson fleet) {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    fleet
        .byTier()
        .forEach((tier, all) -> {
          Map<String, Long> byRelease = new LinkedHashMap<>();
          long without = all;
          for (String release : fleet.byRelease().keySet()) {
            if (!release.isEmpty()) {
              long count = client.tenants(question(tier, release)).total();
              byRelease.put(release, count);
              without -= count;
            }
          }
          if (without > 0) {
            byRelease.put("", without);
          }
          counts.put(tier, byRelease);
        });
    return counts;
  }

  private static TenantQuery question(String tier, String release) {
    return new TenantQuery(
        Optional.of(tier),
        Optional.empty(),
        Optional.of(release),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty());
  }
}
