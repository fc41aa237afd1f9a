package tranche.postgres.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.structure.ObjectKind;
import tranche.core.structure.StructureDiff;

class ScratchCopyTest {
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
  void a_copy_of_everything_has_the_structure_of_its_source() throws SQLException {
    String ugly = "it's \"A\" \\ SELECT; ä";
    for (String schema : List.of("tenant_a", ugly)) {
      playground.store(schema, Samples.EVERYTHING);
      try (var copy = ScratchCopy.of(playground.connection, schema, "test")) {
        assertThat(copy.gaps()).extracting(CopyGap::sentence).as(schema).isEmpty();
        assertThat(copy.schema()).startsWith(ScratchCopy.PREFIX).hasSizeLessThan(64);
        assertThat(playground.ask(referencesInto(schema, copy.schema()))).isEqualTo("0");
      }
    }
    assertThat(scratchSchemas()).isEqualTo("0");
  }

  /// How many objects of the copy depend on one of the source, as the server tracks it.
  private static String referencesInto(String source, String copy) {
    return """
    SELECT count(*) FROM pg_depend d
    JOIN (SELECT oid FROM pg_class WHERE relnamespace = %2$s
          UNION SELECT oid FROM pg_proc WHERE pronamespace = %2$s
      UNION SELECT oid FROM pg_type WHERE typnamespace = %2$s
          UNION SELECT oid FROM pg_constraint WHERE connamespace = %2$s
      UNION SELECT w.oid FROM pg_rewrite w JOIN pg_class c ON c.oid = ev_class
            WHERE relnamespace = %2$s) mine ON mine.oid = d.objid
    JOIN (SELECT oid FROM pg_class WHERE relnamespace = %1$s
          UNION SELECT oid FROM pg_proc WHERE pronamespace = %1$s
      UNION SELECT oid FROM pg_type WHERE typnamespace = %1$s) theirs ON theirs.oid = d.refobjid
    """
        .formatted(oid(source), oid(copy));
  }

  private static String oid(String schema) {
    return "(SELECT oid FROM pg_namespace WHERE nspname = '" + schema.replace("'", "''") + "')";
  }

  private String scratchSchemas() throws SQLException {
    return playground.ask(
        "SELECT count(*) FROM pg_namespace WHERE starts_with(nspname::text, 'tranche_scratch_')");
  }

  @Test
  void what_the_copy_does_happens_in_the_copy() throws SQLException {
    playground.store(
        "a",
        "CREATE TABLE log (id serial PRIMARY KEY, what text)",
        "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY, v text)",
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO a.log (what) VALUES (NEW.v); RETURN NEW; END $$",
        "CREATE TRIGGER noted AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note()",
        "CREATE FUNCTION count_log() RETURNS bigint LANGUAGE sql BEGIN ATOMIC"
            + " SELECT count(*) FROM log; END");

    try (var copy = ScratchCopy.of(playground.connection, "a", "test")) {
      playground.run("INSERT INTO " + copy.schema() + ".t (v) VALUES ('x')");

      assertThat(playground.ask("SELECT " + copy.schema() + ".count_log()")).isEqualTo("1");
      assertThat(playground.ask("SELECT a.count_log()")).isEqualTo("0");
      assertThat(playground.ask("SELECT last_value || ' ' || is_called FROM a.log_id_seq"))
          .isEqualTo("1 false");
      assertThat(copy.gaps())
          .extracting(CopyGap::sentence)
          .containsExactly(
              "function note() names its own schema in its text and may still reach"
                  + " the source");
    }
  }

  @Test
  void what_cannot_be_copied_is_listed() throws SQLException {
    playground.store(
        "a",
        "CREATE FUNCTION plus(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS"
            + " 'SELECT $1 + $2'",
        "CREATE AGGREGATE total(integer) (SFUNC = plus, STYPE = integer, INITCOND = '0')",
        "CREATE OPERATOR @+@ (LEFTARG = integer, RIGHTARG = integer, FUNCTION = plus)",
        "CREATE TABLE t (id integer)",
        "CREATE VIEW totals AS SELECT total(id) FROM t");

    try (var copy = ScratchCopy.of(playground.connection, "a", "test")) {
      assertThat(copy.gaps())
          .extracting(CopyGap::sentence)
          .anyMatch(gap -> gap.startsWith("view totals could not be copied: "))
          .anyMatch(gap -> gap.startsWith("in the copy, view totals is missing"))
          .anyMatch(gap -> gap.startsWith("in the copy, function total(integer) is missing"))
          .anyMatch(gap -> gap.startsWith("in the copy, object operator @+@ (integer, integer)"));
    }
    assertThat(scratchSchemas()).isEqualTo("0");
  }

  @Test
  void making_a_copy_waits_for_nobody_who_writes_and_nobody_waits_for_it() throws SQLException {
    playground.store("a", Samples.EVERYTHING);
    try (Connection writer = playground.another()) {
      writer.setAutoCommit(false);
      Playground.run(writer, "SET search_path TO a", "LOCK TABLE people IN EXCLUSIVE MODE");

      try (var copy = ScratchCopy.of(playground.connection, "a", "test")) {
        assertThat(copy.gaps()).isEmpty();
      }
      writer.rollback();
    }
  }

  @Test
  void a_lock_on_a_shared_table_costs_the_reference_and_not_the_copy() throws SQLException {
    playground.store("a", Samples.EVERYTHING);
    try (Connection writer = playground.another()) {
      writer.setAutoCommit(false);
      Playground.run(writer, "LOCK TABLE shared.plans IN ROW EXCLUSIVE MODE");

      try (var copy = ScratchCopy.of(playground.connection, "a", "test")) {
        assertThat(copy.gaps())
            .extracting(CopyGap::sentence)
            .hasSize(2)
            .anyMatch(gap -> gap.startsWith("constraint people.people_plan_id_fkey could not"))
            .anyMatch(gap -> gap.contains("people.people_plan_id_fkey is missing"));
      }
      writer.rollback();
    }
  }

  @Test
  void leftovers_are_dropped_when_they_are_old_and_nobody_uses_them() throws SQLException {
    Connection dead = playground.another();
    String left = ScratchCopy.empty(dead, "somebody's \"host\" $scratch$").schema();
    playground.run("CREATE SCHEMA tranche_scratch_not_ours");
    Connection mine = playground.connection;

    assertThat(Leftovers.drop(mine, Duration.ZERO).left()).containsExactly(left);
    dead.close();
    assertThat(Leftovers.drop(mine, Duration.ofHours(1)).dropped()).isEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Leftovers.drop(mine, Duration.ZERO).dropped().equals(List.of(left)));
    assertThat(playground.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tranche%'"))
        .isEqualTo("tranche_scratch_not_ours");
  }

  @Test
  void a_copy_of_five_tables_is_complete_also_with_comments() throws SQLException {
    playground.store("a", Samples.FIVE_TABLES);
    var reader = new StructureReader(ScratchCopy.SCOPE);

    try (var copy = ScratchCopy.of(playground.connection, "a", "test")) {
      var diff = StructureDiff.between(reader.read(playground.connection, "a"), copy.structure());
      assertThat(diff.changes()).isEmpty();
      assertThat(diff.reordered()).isEmpty();
      assertThat(copy.structure().objects().keySet())
          .anyMatch(key -> key.kind() == ObjectKind.SEQUENCE);
    }
  }
}
