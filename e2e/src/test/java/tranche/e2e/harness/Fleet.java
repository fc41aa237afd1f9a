package tranche.e2e.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A configuration and its tenants, as files are written from it. Unchangeable; every `with` gives
/// another fleet.
public record Fleet(String configuration, List<Tenant> tenants) {
  private static final String MIXED =
      """
      databases:
        pool: {server: embedded, name: e2e_pool, application: {max_connections: 8}}
        premium: {server: embedded, name: e2e_premium, application: {max_connections: 8}}
        "platinum-{tenant}": {server: embedded, name: "e2e_{tenant}", application: {max_connections: 3}}
      tenant_tiers:
        basic:
          placement: {model: row, database: pool, schema: app}
          cell: basic
          instances: 2
          sticky: user
          strategy: {type: canary, weights: [50, 100], bake: 300ms}
        premium:
          placement: {model: schema, database: premium, schema: "t_{tenant}"}
          cell: "premium-{region}"
          strategy: {type: blue-green, bake: 200ms}
        bridge:
          placement: {model: hybrid, shared: {database: pool, schema: app}, own: {database: pool, schema: "t_{tenant}"}}
          cell: bridge
          strategy: {type: blue-green, bake: 200ms}
        platinum:
          placement: {model: database, database: "platinum-{tenant}", schema: app}
          cell: "platinum-{tenant}"
          strategy: {type: individual, bake: 200ms}
      tenants: {csv: tenants.csv}
      tranches:
        - name: test
          select: {tenants: ["test-*"]}
          gates: {verify: every}
        - name: basic
          select: {tiers: [basic]}
          batch: 5
          gates: {verify: 1, error_rate: {below: 1%, min_requests: 50}}
        - name: premium
          select: {tiers: [premium, bridge]}
          batch: 3
          gates: {verify: 1}
        - name: platinum
          select: {tiers: [platinum]}
          batch: 1
          gates: {verify: every}
      contract: {after: 0s, approval: release-managers}
      verify: {suites: ["verify/*.yaml"]}
      limits: {ready: 60s, parallel: 4, lock_timeout: 2s, statement_timeout: 1m}
      """;

  public Fleet {
    tenants = List.copyOf(tenants);
  }

  /// A tenant of one of the tiers of the configuration.
  public record Tenant(String id, String tier, String region) {}

  /// All four placements: 12 tenants as rows, 6 with a schema each, 3 hybrid, 2 with a database
  /// each. Contract waits for an approval, so that a test can do something before it.
  public static Fleet mixed() {
    List<Tenant> tenants = new ArrayList<>();
    tenants.add(new Tenant("test-1", "basic", "eu-west"));
    tenants.add(new Tenant("test-2", "basic", "us-east"));
    add(tenants, "basic", 10);
    add(tenants, "premium", 6);
    add(tenants, "bridge", 3);
    add(tenants, "platinum", 2);
    return new Fleet(MIXED, tenants);
  }

  private static void add(List<Tenant> tenants, String tier, int count) {
    for (int i = 1; i <= count; i++) {
      tenants.add(new Tenant(tier + "-" + i, tier, i % 2 == 0 ? "us-east" : "eu-west"));
    }
  }

  /// This fleet with one more tenant.
  public Fleet with(Tenant tenant) {
    List<Tenant> more = new ArrayList<>(tenants);
    more.add(tenant);
    return new Fleet(configuration, more);
  }

  /// This fleet without some tenants.
  public Fleet without(Predicate<Tenant> tenant) {
    return new Fleet(configuration, tenants.stream().filter(tenant.negate()).toList());
  }

  /// This fleet with its configuration changed.
  public Fleet configured(UnaryOperator<String> change) {
    return new Fleet(change.apply(configuration), tenants);
  }

  /// The ids of all tenants.
  public List<String> ids() {
    return tenants.stream().map(Tenant::id).toList();
  }

  /// The content of `tenants.csv`.
  String csv() {
    return tenants.stream()
        .map(t -> t.id() + "," + t.tier() + "," + t.region())
        .collect(Collectors.joining("\n", "id,tier,region\n", "\n"));
  }
}
