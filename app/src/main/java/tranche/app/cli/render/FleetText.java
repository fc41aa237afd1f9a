package tranche.app.cli.render;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tranche.api.fleet.FleetJson;

/// The fleet in a few lines.
public final class FleetText {
  private FleetText() {}

  /// How large it is and of what; `counts` as for [LedgerTable].
  public static List<String> lines(
      FleetJson fleet, Map<String, Map<String, Long>> counts, Look look) {
    String head =
        "Fleet  %s in %s, %s, %s"
            .formatted(
                Figures.count(fleet.tenants(), "tenant"),
                Figures.count(fleet.databases(), "database"),
                Figures.count(fleet.stores(), "store"),
                Figures.count(fleet.cells(), "cell"));
    List<String> top =
        look.finish(
            List.of(
                head,
                "  regions  " + said(fleet.byRegion()),
                "  models   " + said(fleet.byModel()),
                ""));
    return Stream.concat(top.stream(), LedgerTable.lines(counts, look).stream()).toList();
  }

  private static String said(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + Figures.count(e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
