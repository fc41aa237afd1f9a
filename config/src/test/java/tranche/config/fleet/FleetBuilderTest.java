package tranche.config.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tranche.config.database.ApplicationAccess;
import tranche.config.database.DatabaseConfig;
import tranche.config.database.DatabaseConfig.Creation;
import tranche.config.database.ResolvedDatabase;
import tranche.config.database.Server;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.IsolationModel;
import tranche.core.fleet.Stickiness;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;

final class FleetBuilderTest {
  private final Map<String, DatabaseConfig> databases = new LinkedHashMap<>();
  private final Map<String, TierConfig> tiers = new LinkedHashMap<>();
  private final List<Map<String, String>> rows = new ArrayList<>();

  private FleetBuilderTest() {
    database("pool", "pool");
    database("own-{tenant}", "own_{tenant}");
    tier("basic", single(IsolationModel.ROW, "pool", "app"), "basic");
    tier("premium", single(IsolationModel.SCHEMA, "pool", "t_{tenant}"), "premium-{region}");
    tier("platinum", single(IsolationModel.DATABASE, "own-{tenant}", "app"), "p-{tenant}");
    tier(
        "bridge",
        new PlacementTemplate.Hybrid(
            new StoreTemplate("pool", "app"), new StoreTemplate("pool", "t_{tenant}")),
        "bridge");
  }

  private void database(String key, String name) {
    databases.put(
        key,
        new DatabaseConfig(
            key, new Server.Embedded(), name, Creation.IF_ABSENT, ApplicationAccess.GENERATED));
  }

  private void tier(String name, PlacementTemplate placement, String cell) {
    tiers.put(name, new TierConfig(name, placement, cell, 1, Stickiness.TENANT));
  }

  private static PlacementTemplate single(IsolationModel model, String database, String schema) {
    return new PlacementTemplate.Single(model, new StoreTemplate(database, schema));
  }

  private FleetBuilderTest tenant(String id, String tier) {
    rows.add(Map.of("id", id, "tier", tier, "region", "eu-west"));
    return this;
  }

  private DeclaredFleet build() {
    var source = new TenantSource.Sql(new DatabaseId("pool"), "SELECT 1");
    FleetConfig config = new FleetConfig(databases, tiers, List.of(source));
    return FleetBuilder.build(config, new TenantSources((_, _) -> rows).read(config.sources()));
  }

  @Test
  void each_model_leads_to_its_stores_and_cells() {
    tenant("a", "basic").tenant("b-1", "premium").tenant("c-1", "platinum").tenant("d", "bridge");

    DeclaredFleet declared = build();

    assertThat(declared.fleet().stores())
        .extracting(StoreId::toString)
        .containsExactly("own-c-1/app", "pool/app", "pool/t_b_1", "pool/t_d");
    assertThat(declared.fleet().cells().keySet())
        .extracting(CellId::value)
        .containsExactlyInAnyOrder("basic", "premium-eu-west", "p-c-1", "bridge");
    assertThat(declared.fleet().require(new TenantId("d")).placement().storeIds())
        .extracting(StoreId::schema)
        .containsExactly("app", "t_d");
    assertThat(declared.databases().values())
        .extracting(ResolvedDatabase::location)
        .containsExactly("embedded/own_c_1", "embedded/pool");
  }

  @Test
  void a_tenant_declared_twice_is_refused_with_both_places() {
    tenant("a", "basic").tenant("a", "premium");

    assertThatThrownBy(this::build)
        .hasMessage(
            "duplicate-tenant: Tenant a is declared twice: at row 1 of the query on database pool"
                + " and at row 2 of the query on database pool");
  }

  @Test
  void a_tenant_of_an_unknown_tier_has_no_placement() {
    tenant("a", "gold");

    assertThatThrownBy(this::build)
        .hasMessageContaining("tenant-without-placement: Tenant a")
        .hasMessageContaining("tier 'gold' is not declared, only basic, premium, platinum, bridge");
  }

  @Test
  void a_tenant_without_region_has_no_placement_where_one_is_needed() {
    rows.add(Map.of("id", "a", "tier", "premium"));

    assertThatThrownBy(this::build)
        .hasMessageContaining("tenant-without-placement")
        .hasMessageContaining("its region is empty and cell 'premium-{region}' needs it");
  }

  @Test
  void ids_that_become_one_schema_name_collide() {
    tenant("a-b", "premium").tenant("a_b", "premium");

    assertThatThrownBy(this::build)
        .hasMessageContaining("store-collision: Tenant a-b (row 1")
        .hasMessageContaining("would both use store pool/t_a_b");
  }

  @Test
  void ids_that_become_one_database_name_collide() {
    tenant("a-b", "platinum").tenant("a_b", "platinum");

    assertThatThrownBy(this::build)
        .hasMessageContaining(
            "store-collision: Database own-a-b and database own-a_b would both use"
                + " embedded/own_a_b");
  }

  @Test
  void a_store_of_one_tenant_is_not_shared_with_pooled_ones() {
    tier("odd", single(IsolationModel.SCHEMA, "pool", "app"), "odd");

    assertThatThrownBy(() -> tenant("a", "basic").tenant("b", "odd").build())
        .hasMessageContaining("store-collision");
    rows.clear();
    assertThatThrownBy(() -> tenant("b", "odd").tenant("a", "basic").build())
        .hasMessageContaining("store-collision");
  }

  @Test
  void a_database_of_one_tenant_is_not_shared() {
    tier("odd", single(IsolationModel.DATABASE, "pool", "t_{tenant}"), "odd");

    assertThatThrownBy(() -> tenant("a", "odd").tenant("b", "odd").build())
        .hasMessageContaining("store-collision")
        .hasMessageContaining("database pool");
  }

  @Test
  void a_hybrid_tenant_whose_parts_are_one_store_is_refused() {
    var same = new StoreTemplate("pool", "app");
    tier("odd", new PlacementTemplate.Hybrid(same, same), "odd");

    assertThatThrownBy(() -> tenant("a", "odd").build()).hasMessageContaining("store-collision");
  }

  @Test
  void names_are_at_most_63_bytes() {
    assertThat(tenant("x".repeat(61), "premium").build().fleet().stores()).hasSize(1);
    rows.clear();
    assertThatThrownBy(() -> tenant("x".repeat(62), "premium").build())
        .hasMessageContaining("name-too-long: The schema of tenant x")
        .hasMessageContaining("longer than 63 bytes");
    rows.clear();
    assertThatThrownBy(() -> tenant("x".repeat(60), "platinum").build())
        .hasMessageContaining("name-too-long: The database of tenant x");
  }

  @Test
  void names_that_postgresql_reserves_are_refused() {
    tier("odd", single(IsolationModel.SCHEMA, "pool", "{tenant}"), "odd");

    assertThatThrownBy(() -> tenant("pg_x", "odd").build())
        .hasMessageContaining("name-not-allowed: The schema of tenant pg_x would be 'pg_x'");
  }

  @Test
  void a_cell_has_one_shape() {
    tiers.put(
        "odd",
        new TierConfig(
            "odd", single(IsolationModel.ROW, "pool", "app"), "basic", 3, Stickiness.TENANT));

    assertThatThrownBy(() -> tenant("a", "basic").tenant("b", "odd").build())
        .hasMessageContaining("cell-conflict: Tiers basic and odd both use cell basic");
  }
}
