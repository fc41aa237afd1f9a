package tranche.postgres.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.core.structure.StructureChange;
import tranche.core.structure.VersionMatch;

class VersionFinderTest {
  private static final List<RehearsedStep> VERSIONS =
      List.of(
          version("1", Samples.FIVE_TABLES),
          version("2", "ALTER TABLE issues ADD COLUMN due date"),
          version("3", "UPDATE issues SET due = created_at"),
          version("4", "CREATE INDEX issues_due ON issues (due)"),
          version("5", "DROP INDEX issues_due"));

  private Playground playground;

  @BeforeEach
  void open() throws SQLException {
    playground = Playground.fresh();
  }

  @AfterEach
  void close() throws SQLException {
    playground.close();
  }

  private static RehearsedStep version(String name, String... statements) {
    return RehearsedStep.of(name, List.of(statements), List.of());
  }

  private VersionFinder learn(List<RehearsedStep> versions) throws SQLException {
    try (var empty = ScratchCopy.empty(playground.connection, "test")) {
      return VersionFinder.learn(
          empty,
          versions,
          StatementRunner.plain("public"),
          StructureScope.ORDINARY.withoutTables(StructureScope.HISTORY_TABLES));
    }
  }

  @Test
  void each_store_gets_its_version_or_the_nearest_with_what_differs() throws SQLException {
    VersionFinder finder = learn(VERSIONS);
    List<String> stores = new ArrayList<>(playground.stores("t", 5));
    playground.in("t1", "ALTER TABLE issues ADD COLUMN due date");
    playground.in(
        "t2",
        "CREATE TABLE databasechangelog (id text)",
        "ALTER TABLE issues ADD COLUMN due date",
        "CREATE INDEX issues_due ON issues (due)");
    playground.in("t3", "ALTER TABLE issues ADD COLUMN due timestamptz");
    playground.store("t5");
    stores.addAll(List.of("t5", "gone"));

    var found = finder.find(playground.connection, stores);

    assertThat(found).doesNotContainKey("gone");
    assertThat(found.get("t0")).isEqualTo(new VersionMatch.Exactly("1"));
    assertThat(found.get("t4")).isSameAs(found.get("t0"));
    assertThat(found.get("t1")).isEqualTo(new VersionMatch.OneOf(List.of("2", "3", "5")));
    assertThat(found.get("t2")).isEqualTo(new VersionMatch.Exactly("4"));
    assertThat(found.get("t5")).isEqualTo(new VersionMatch.NothingThere());
    assertThat(found.get("t3"))
        .isInstanceOfSatisfying(
            VersionMatch.NoneEqual.class,
            none -> {
              assertThat(none.nearest()).isEqualTo(Optional.of("5"));
              assertThat(none.differences())
                  .extracting(StructureChange::sentence)
                  .containsExactly("column issues.due: timestamp with time zone, expected date");
            });
  }

  @Test
  void a_version_that_cannot_be_made_is_named() {
    List<RehearsedStep> broken = new ArrayList<>(VERSIONS);
    broken.set(1, version("2", "ALTER TABLE issue ADD COLUMN due date"));

    assertThatThrownBy(() -> learn(broken))
        .hasMessageContaining("rehearsed-statement-failed: A statement of 2 failed")
        .hasMessageContaining("relation \"issue\" does not exist");
  }
}
