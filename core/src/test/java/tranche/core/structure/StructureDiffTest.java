package tranche.core.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructureDiffTest {
  private static final ObjectKey ISSUES = new ObjectKey(ObjectKind.TABLE, "issues");
  private static final ObjectKey PRIORITY = new ObjectKey(ObjectKind.COLUMN, "issues.priority");

  @Test
  void a_changed_column_is_said_in_one_line() {
    var diff =
        StructureDiff.between(of(Map.of(PRIORITY, "smallint")), of(Map.of(PRIORITY, "integer")));

    assertThat(diff.sentences(5))
        .containsExactly("column issues.priority: integer, expected smallint");
  }

  @Test
  void what_is_missing_and_what_is_not_expected_are_told_apart() {
    var index = new ObjectKey(ObjectKind.INDEX, "by_author");
    var diff = StructureDiff.between(of(Map.of(ISSUES, "TABLE")), of(Map.of(index, "CREATE")));

    assertThat(diff.sentences(5))
        .containsExactly(
            "table issues is missing, expected TABLE", "index by_author is not expected: CREATE");
  }

  @Test
  void columns_of_a_missing_table_are_not_listed_beside_it() {
    var odd = new ObjectKey(ObjectKind.TABLE, "\"a.\"\"b\"");
    var column = new ObjectKey(ObjectKind.COLUMN, "\"a.\"\"b\".c");
    Structure full = of(Map.of(odd, "TABLE", column, "integer"));

    assertThat(StructureDiff.between(full, Structure.EMPTY).changes()).hasSize(1);
    assertThat(StructureDiff.between(Structure.EMPTY, full).changes()).hasSize(1);
    assertThat(StructureDiff.between(full, of(Map.of(odd, "TABLE"))).changes()).hasSize(1);
  }

  @Test
  void another_order_of_columns_is_the_weaker_difference() {
    Map<ObjectKey, String> objects =
        Map.of(ISSUES, "TABLE", PRIORITY, "integer", column("title"), "text");
    var expected = new Structure(objects, Map.of("issues", "priority, title"));
    var observed = new Structure(objects, Map.of("issues", "title, priority"));

    var diff = StructureDiff.between(expected, observed);

    assertThat(diff.isEmpty()).isTrue();
    assertThat(observed).isEqualTo(expected);
    assertThat(observed.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(diff.reordered())
        .extracting(StructureDiff.Reordered::sentence)
        .containsExactly(
            "table issues: columns in the order title, priority, expected priority, title");
  }

  @Test
  void a_table_with_other_columns_is_not_called_reordered() {
    var expected = new Structure(Map.of(ISSUES, "TABLE"), Map.of("issues", "a"));
    var observed =
        new Structure(Map.of(ISSUES, "TABLE", column("b"), "text"), Map.of("issues", "a, b"));

    assertThat(StructureDiff.between(expected, observed).reordered()).isEmpty();
  }

  @Test
  void long_lists_end_with_how_many_more_there_are() {
    Map<ObjectKey, String> many = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      many.put(new ObjectKey(ObjectKind.SEQUENCE, "s" + i), "bigint");
    }

    assertThat(StructureDiff.between(of(many), Structure.EMPTY).sentences(20))
        .hasSize(21)
        .last()
        .isEqualTo("and 10 more");
  }

  @Test
  void long_definitions_are_shown_from_where_they_differ() {
    var body = new ObjectKey(ObjectKind.FUNCTION, "f()");
    String same = "x ".repeat(500);
    var diff =
        StructureDiff.between(of(Map.of(body, same + "one")), of(Map.of(body, same + "two")));

    assertThat(diff.sentences(1).getFirst()).contains("two, expected ...").hasSizeLessThan(200);
  }

  @Test
  void the_fingerprint_depends_on_kind_name_and_definition_and_not_on_order() {
    Structure one = of(Map.of(ISSUES, "TABLE", PRIORITY, "integer"));

    assertThat(one.fingerprint())
        .isEqualTo(of(Map.of(PRIORITY, "integer", ISSUES, "TABLE")).fingerprint())
        .isNotEqualTo(of(Map.of(PRIORITY, "bigint", ISSUES, "TABLE")).fingerprint())
        .isNotEqualTo(of(Map.of(ISSUES, "TABLE")).fingerprint())
        .isNotEqualTo(
            of(Map.of(PRIORITY, "integer", new ObjectKey(ObjectKind.VIEW, "issues"), "TABLE"))
                .fingerprint());
  }

  @Test
  void a_version_is_found_by_its_structure() {
    Structure first = of(Map.of(ISSUES, "TABLE"));
    Structure second = of(Map.of(ISSUES, "TABLE", PRIORITY, "integer"));
    var known =
        new KnownVersions(List.of(version("1", first), version("2", second), version("3", second)));

    assertThat(known.match(first)).isEqualTo(new VersionMatch.Exactly("1"));
    assertThat(known.match(second)).isEqualTo(new VersionMatch.OneOf(List.of("2", "3")));
    assertThat(known.match(Structure.EMPTY)).isEqualTo(new VersionMatch.NothingThere());
  }

  @Test
  void the_nearest_version_is_named_with_what_differs() {
    Structure first = of(Map.of(ISSUES, "TABLE"));
    Structure second = of(Map.of(ISSUES, "TABLE", PRIORITY, "integer", column("a"), "text"));
    var known = new KnownVersions(List.of(version("1", first), version("2", second)));

    var match = known.match(of(Map.of(ISSUES, "TABLE", PRIORITY, "bigint", column("a"), "text")));

    assertThat(match)
        .isInstanceOfSatisfying(
            VersionMatch.NoneEqual.class,
            none -> {
              assertThat(none.nearest()).contains("2");
              assertThat(none.total()).isEqualTo(1);
              assertThat(none.differences())
                  .extracting(StructureChange::sentence)
                  .containsExactly("column issues.priority: bigint, expected integer");
            });
    assertThat(new KnownVersions(List.of()).match(first))
        .isInstanceOfSatisfying(
            VersionMatch.NoneEqual.class, none -> assertThat(none.nearest()).isEmpty());
  }

  private static KnownVersions.Version version(String name, Structure structure) {
    return new KnownVersions.Version(name, structure);
  }

  private static ObjectKey column(String name) {
    return new ObjectKey(ObjectKind.COLUMN, "issues." + name);
  }

  private static Structure of(Map<ObjectKey, String> objects) {
    return new Structure(objects, Map.of());
  }
}
