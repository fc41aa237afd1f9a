package tranche.postgres.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.structure.ObjectKey;
import tranche.core.structure.ObjectKind;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureDiff;

class StructureReaderTest {
  private static final StructureReader COMPLETE = new StructureReader(StructureScope.COMPLETE);
  private static final StructureReader ORDINARY = new StructureReader(StructureScope.ORDINARY);

  private Playground playground;

  @BeforeEach
  void open() throws SQLException {
    playground = Playground.fresh();
    playground.run(Samples.SHARED);
  }

  @AfterEach
  void close() throws SQLException {
    playground.close();
  }

  @Test
  void two_schemas_made_by_the_same_statements_are_equal_whatever_they_are_called()
      throws SQLException {
    String ugly = "it's \"A\" \\ SELECT; {schema}.x ä";
    String longest = "n".repeat(63);
    for (String schema : List.of("tenant_a", ugly, longest, "table")) {
      playground.store(schema, Samples.EVERYTHING);
    }

    Structure one = COMPLETE.read(playground.connection, "tenant_a");

    for (String schema : List.of(ugly, longest, "table")) {
      Structure other = COMPLETE.read(playground.connection, schema);
      assertThat(StructureDiff.between(one, other).sentences(20)).as(schema).isEmpty();
      assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
      assertThat(other.columnOrders()).isEqualTo(one.columnOrders());
    }
  }

  @Test
  void the_server_computes_the_same_fingerprints() throws SQLException {
    playground.store("a", Samples.EVERYTHING);
    playground.store("B", Samples.FIVE_TABLES);
    playground.store("empty");

    for (StructureReader reader : List.of(COMPLETE, ORDINARY)) {
      Map<String, Structure> read =
          reader.read(playground.connection, List.of("a", "B", "empty", "not there"));
      assertThat(read).containsOnlyKeys("a", "B", "empty");
      assertThat(reader.fingerprints(playground.connection, List.of("B", "a", "empty", "gone")))
          .containsOnlyKeys("a", "B", "empty")
          .allSatisfy((schema, fingerprint) ->
              assertThat(fingerprint).isEqualTo(read.get(schema).fingerprint()));
      assertThat(read.get("empty")).isEqualTo(Structure.EMPTY);
    }
  }

  @Test
  void every_kind_is_told_without_the_name_of_the_schema() throws SQLException {
    playground.store("tenant_a", Samples.EVERYTHING);

    Structure structure = COMPLETE.read(playground.connection, "tenant_a");

    assertThat(structure.objects().keySet())
        .extracting(ObjectKey::kind)
        .contains(
            ObjectKind.TABLE,
            ObjectKind.COLUMN,
            ObjectKind.CONSTRAINT,
            ObjectKind.INDEX,
            ObjectKind.SEQUENCE,
            ObjectKind.VIEW,
            ObjectKind.MATERIALIZED_VIEW,
            ObjectKind.FUNCTION,
            ObjectKind.TRIGGER,
            ObjectKind.TYPE,
            ObjectKind.POLICY,
            ObjectKind.ROW_SECURITY,
            ObjectKind.STATISTICS,
            ObjectKind.RULE,
            ObjectKind.OWNER,
            ObjectKind.COMMENT);
    assertThat(structure.objects().values()).noneMatch(text -> text.contains("tenant_a"));
    assertThat(definition(structure, ObjectKind.COLUMN, "people.feeling"))
        .isEqualTo("mood NOT NULL DEFAULT 'Great'::mood");
    assertThat(definition(structure, ObjectKind.CONSTRAINT, "people.people_plan_id_fkey"))
        .isEqualTo("FOREIGN KEY (plan_id) REFERENCES shared.plans(id) ON DELETE SET NULL");
    assertThat(definition(structure, ObjectKind.TABLE, "measures_2025"))
        .isEqualTo("TABLE PARTITION OF measures FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')");
    assertThat(definition(structure, ObjectKind.SEQUENCE, "people_id_seq"))
        .endsWith("OWNED BY people.id");
    assertThat(definition(structure, ObjectKind.TYPE, "mood"))
        .isEqualTo("ENUM ('so so', 'it''s fine', 'Great')");
  }

  @Test
  void each_change_is_seen_and_named() throws SQLException {
    playground.store("a", Samples.FIVE_TABLES);
    Structure before = COMPLETE.read(playground.connection, "a");

    assertThat(changed("a", before, "ALTER TABLE issues ALTER COLUMN priority TYPE integer"))
        .contains(
            "column issues.priority: integer NOT NULL DEFAULT 3, expected"
                + " smallint NOT NULL DEFAULT 3");
    assertThat(changed("a", before, "DROP INDEX issues_open_idx"))
        .contains(
            "index issues_open_idx is missing, expected CREATE INDEX issues_open_idx ON"
                + " issues USING btree (priority) WHERE priority < 3");
    assertThat(changed("a", before, "ALTER TABLE accounts ENABLE ROW LEVEL SECURITY"))
        .containsExactly("row security accounts is not expected: ENABLED");
    assertThat(changed("a", before, "ALTER TABLE accounts ALTER COLUMN id SET INCREMENT 2"))
        .singleElement()
        .asString()
        .startsWith("sequence accounts_id_seq: bigint START 1 INCREMENT 2");
    assertThat(changed("a", before, "GRANT SELECT ON issues TO PUBLIC"))
        .singleElement()
        .asString()
        .startsWith("grant table issues is not expected: ")
        .contains("PUBLIC SELECT");
    assertThat(changed("a", before, "COMMENT ON TABLE issues IS 'x'"))
        .containsExactly("comment table issues is not expected: x");
    assertThat(changed("a", before, "CREATE COLLATION c FROM \"C\""))
        .first()
        .asString()
        .startsWith("object collation c is not expected");
  }

  private List<String> changed(String schema, Structure before, String change) throws SQLException {
    Connection connection = playground.connection;
    connection.setAutoCommit(false);
    playground.in(schema, change);
    var diff = StructureDiff.between(before, COMPLETE.read(connection, schema));
    connection.rollback();
    connection.setAutoCommit(true);
    return diff.sentences(20);
  }

  @Test
  void a_column_that_was_removed_and_added_again_is_only_reordered() throws SQLException {
    playground.store("a", Samples.FIVE_TABLES);
    Structure before = ORDINARY.read(playground.connection, "a");
    playground.in(
        "a", "ALTER TABLE issues DROP COLUMN body", "ALTER TABLE issues ADD COLUMN body text");

    var diff = StructureDiff.between(before, ORDINARY.read(playground.connection, "a"));

    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.reordered())
        .singleElement()
        .satisfies(table -> assertThat(table.observed()).endsWith("created_at, body"));
  }

  @Test
  void a_function_that_names_its_own_schema_is_equal_in_both() throws SQLException {
    for (String schema : List.of("tenant_a", "Tenant B")) {
      playground.store(schema, "CREATE TABLE t (id integer)");
      String name = schema.equals("tenant_a") ? "tenant_a" : "\"Tenant B\"";
      playground.in(
          schema,
          "CREATE FUNCTION f() RETURNS bigint LANGUAGE plpgsql SET search_path = "
              + name
              + ", public AS $$ BEGIN RETURN (SELECT count(*) FROM "
              + name
              + ".t); END $$");
    }

    Structure one = COMPLETE.read(playground.connection, "tenant_a");

    assertThat(COMPLETE.read(playground.connection, "Tenant B")).isEqualTo(one);
    assertThat(definition(one, ObjectKind.FUNCTION, "f()"))
        .contains("SET search_path TO '{schema}', 'public'", "FROM {schema}.t)");
  }

  @Test
  void names_of_the_catalog_used_in_a_store_change_nothing_elsewhere() throws SQLException {
    playground.store(
        "shadows",
        "CREATE TYPE uuid AS (a integer)",
        "CREATE TABLE pg_class (id shadows.uuid, b pg_catalog.uuid)");
    playground.store("plain", "CREATE TABLE t (id uuid, u text)");
    playground.store("other", "CREATE TABLE t (id uuid, u text)");

    Map<String, Structure> read =
        ORDINARY.read(playground.connection, List.of("shadows", "plain", "other"));

    assertThat(read.get("plain")).isEqualTo(read.get("other"));
    assertThat(definition(read.get("plain"), ObjectKind.COLUMN, "t.id")).isEqualTo("uuid");
    assertThat(definition(read.get("shadows"), ObjectKind.COLUMN, "pg_class.id")).isEqualTo("uuid");
    assertThat(definition(read.get("shadows"), ObjectKind.COLUMN, "pg_class.b"))
        .isEqualTo("pg_catalog.uuid");
  }

  @Test
  void history_tables_are_left_out_with_all_that_belongs_to_them() throws SQLException {
    playground.store("a", Samples.FIVE_TABLES);
    playground.store("b", Samples.FIVE_TABLES);
    playground.in(
        "b",
        "CREATE TABLE django_migrations (id serial PRIMARY KEY, app text)",
        "CREATE TABLE flyway_schema_history (installed_rank integer PRIMARY KEY, success bool)",
        "CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (success)",
        "COMMENT ON COLUMN django_migrations.app IS 'app'");
    var reader =
        new StructureReader(StructureScope.COMPLETE.withoutTables(StructureScope.HISTORY_TABLES));

    Map<String, Structure> read = reader.read(playground.connection, List.of("a", "b"));

    assertThat(StructureDiff.between(read.get("a"), read.get("b")).sentences(20)).isEmpty();
  }

  @Test
  void what_belongs_to_an_extension_is_left_out() throws SQLException {
    playground.store("a", "CREATE TABLE t (id integer)");
    Structure before = COMPLETE.read(playground.connection, "a");
    String name =
        playground.ask(
            "SELECT coalesce(min(name), '') FROM pg_available_extensions WHERE name IN"
                + " ('citext', 'hstore', 'uuid-ossp', 'pgcrypto', 'intarray')");
    assertThat(name).isNotEmpty();
    playground.run("CREATE EXTENSION \"" + name + "\" SCHEMA a");

    Structure after = COMPLETE.read(playground.connection, "a");

    assertThat(StructureDiff.between(before, after).sentences(20)).isEmpty();
  }

  @Test
  void inside_an_open_transaction_all_is_read_in_it_and_nothing_is_left_changed()
      throws SQLException {
    Connection connection = playground.connection;
    connection.setAutoCommit(false);
    playground.run("SET LOCAL search_path TO shared", "CREATE SCHEMA fresh");
    playground.run("CREATE TABLE fresh.t (id integer)");

    assertThat(ORDINARY.read(connection, "fresh").objects()).hasSize(2);

    assertThat(playground.ask("SHOW search_path")).isEqualTo("shared");
    assertThat(playground.ask("SHOW jit")).isNotNull();
    connection.rollback();
    connection.setAutoCommit(true);
    assertThat(ORDINARY.fingerprints(connection, List.of("fresh"))).isEmpty();
  }

  @Test
  void a_schema_that_is_missing_or_not_readable_is_a_problem() throws SQLException {
    playground.run("DROP ROLE IF EXISTS structures_nobody", "CREATE ROLE structures_nobody");
    playground.store("a", "CREATE TABLE t (id integer)");
    assertThatThrownBy(() -> ORDINARY.read(playground.connection, "gone"))
        .hasMessageContaining("structure-schema-missing");

    playground.run("SET ROLE structures_nobody");
    assertThatThrownBy(() -> ORDINARY.fingerprints(playground.connection, List.of("a")))
        .hasMessageContaining("structure-not-readable");
    playground.run("RESET ROLE", "DROP ROLE structures_nobody");
    assertThat(playground.connection.getAutoCommit()).isTrue();
  }

  @Test
  void fingerprints_of_many_stores_take_a_few_milliseconds_each_at_most() throws SQLException {
    List<String> names = playground.stores("tenant_", 100);
    ORDINARY.fingerprints(playground.connection, names.subList(0, 10));

    long start = System.nanoTime();
    var fingerprints = ORDINARY.fingerprints(playground.connection, names);
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(Set.copyOf(fingerprints.values())).hasSize(1);
    assertThat(took.dividedBy(names.size())).isLessThan(Duration.ofMillis(10));
  }

  private static String definition(Structure structure, ObjectKind kind, String name) {
    var key = new ObjectKey(kind, name);
    assertThat(structure.objects()).containsKey(key);
    return structure.objects().get(key);
  }
}
