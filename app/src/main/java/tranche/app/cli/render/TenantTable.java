package tranche.app.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tranche.api.fleet.StoreJson;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;

/// Tenants: one line each, or one of them in full.
public final class TenantTable {
  private TenantTable() {}

  /// A page of tenants, and how many there are besides.
  public static List<String> lines(TenantPage page, Look look) {
    Table table =
        new Table(
            "",
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.BENDING);
    table.row("TENANT", "TIER", "REGION", "MODEL", "RELEASE", "CELL", "STATUS");
    for (TenantJson tenant : page.items()) {
      table.row(
          tenant.id(),
          tenant.tier(),
          tenant.region(),
          tenant.model(),
          tenant.release().orElse("–"),
          tenant.cell(),
          status(tenant));
    }
    List<String> lines = new ArrayList<>(table.lines(look));
    long more = page.total() - page.items().size();
    lines.add(
        Figures.count(page.items().size())
            + " of "
            + Figures.count(page.total(), "tenant")
            + (more > 0 ? ", the first by id; --limit shows more" : ""));
    return look.finish(lines);
  }

  /// One tenant with its stores.
  public static List<String> one(TenantJson tenant, Instant now, Look look) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Paint.strong(tenant.id())
            + "  "
            + tenant.tier()
            + ", "
            + tenant.region()
            + "  "
            + status(tenant));
    String since = tenant.since().map(s -> " since " + Figures.at(s, now, look.zone())).orElse("");
    String rollout = tenant.rollout().map(r -> " by " + r).orElse("");
    lines.add("  release  " + tenant.release().orElse("nothing yet") + since + rollout);
    lines.add("  cell     " + tenant.cell());
    lines.add("  model    " + tenant.model());
    for (StoreJson store : tenant.stores()) {
      lines.addAll(Wrapped.after("  store    ", store(store), look));
    }
    return look.finish(lines);
  }

  private static String store(StoreJson store) {
    String version = store.version().map(v -> "at schema version " + v).orElse("not there yet");
    String state = store.problem().map(p -> "unread: " + p.what()).orElse(version);
    return store.store() + "  " + store.role() + ", " + state;
  }

  private static String status(TenantJson tenant) {
    return tenant.status() + tenant.reason().map(r -> ": " + r).orElse("");
  }

  /// How many of the tenants run which release, by tier: the input of [LedgerTable].
  public static Map<String, Map<String, Long>> byTierAndRelease(List<TenantJson> tenants) {
    return tenants.stream()
        .collect(
            Collectors.groupingBy(
                TenantJson::tier,
                TreeMap::new,
                Collectors.groupingBy(
                    t -> t.release().orElse(""), TreeMap::new, Collectors.counting())));
  }
}
