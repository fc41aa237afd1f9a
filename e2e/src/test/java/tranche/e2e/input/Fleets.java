package tranche.e2e.input;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tranche.e2e.harness.Fleet;
import tranche.e2e.harness.Fleet.Tenant;

/// Small fleets to do wrong things with.
final class Fleets {
  private static final String CONFIGURATION =
      """
      databases:
        pool: {server: embedded, name: bad_pool, application: {max_connections: 4}}
        premium: {server: embedded, name: bad_premium, application: {max_connections: 8}}
      tenant_tiers:
        basic:
          placement: {model: row, database: pool, schema: app}
          cell: basic
          strategy: {type: blue-green}
        premium:
          placement: {model: schema, database: premium, schema: "t_{tenant}"}
          cell: premium
          strategy: {type: blue-green}
          failure_budget: {count: 2}
      tenants: {csv: tenants.csv}
      tranches:
        - {name: basic, select: {tiers: [basic]}, gates: {verify: 1}}
        - {name: premium, select: {tiers: [premium]}, batch: 10, gates: {verify: 1}}
      contract: {after: 0s}
      verify: {suites: ["verify/*.yaml"]}
      limits: {ready: 60s, parallel: 4, lock_timeout: 2s, statement_timeout: 1m}
      """;

  private Fleets() {}

  /// Two tenants as rows, `b-1` and `b-2`, and some with a schema each, `p-01`, `p-02`, ...
  static Fleet small(int premium) {
    Stream<Tenant> rows =
        IntStream.rangeClosed(1, 2).mapToObj(i -> new Tenant("b-" + i, "basic", "eu-west"));
    Stream<Tenant> schemas =
        IntStream.rangeClosed(1, premium)
            .mapToObj(i -> new Tenant("p-%02d".formatted(i), "premium", "eu-west"));
    List<Tenant> tenants = Stream.concat(rows, schemas).toList();
    return new Fleet(CONFIGURATION, tenants);
  }
}
