package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;

final class FailureGroupsTest {
  private final FailureGroups groups = new FailureGroups();

  private void add(String schema, String code, String what) {
    StoreId store = new StoreId(new DatabaseId("pg1"), schema);
    groups.add(
        store,
        Optional.of("tenant of " + schema),
        new RecordedProblem(code, ProblemKind.FAILED, what, "why", "fix"));
  }

  @Test
  void failures_that_differ_in_names_and_numbers_have_one_cause() {
    for (int i = 0; i < 1_000; i++) {
      String schema = "t_" + Integer.toString(i, 36);
      add(schema, "a", "Table \"" + schema + ".users\" has " + i + " rows in pg1/" + schema);
    }
    add("t_x", "a", "Column email is missing in t_x");
    add("t_y", "b", "Column email is missing in t_y");

    assertThat(groups.count()).isEqualTo(1_002);
    assertThat(groups.groups()).hasSize(3);
    assertThat(groups.groups().getFirst().count()).isEqualTo(1_000);
    assertThat(groups.groups().getFirst().first())
        .extracting(StoreId::schema)
        .containsExactly("t_0", "t_1", "t_2", "t_3", "t_4");
    assertThat(groups.groups().getFirst().problem().fix()).isEqualTo("fix");
  }

  @Test
  void identifiers_of_sessions_and_files_do_not_make_causes() {
    add("a", "x", "session 3f2a9b1c-77aa-4d10-8f00-0123456789ab ended at 0x7ffe12ab34");
    add("b", "x", "session 11111111-2222-4d10-8f00-ba9876543210 ended at 0x00001a2b3c");

    assertThat(groups.groups()).hasSize(1);
  }

  @Test
  void a_short_tenant_name_does_not_eat_letters_of_words() {
    StoreId store = new StoreId(new DatabaseId("pg1"), "a");
    groups.add(
        store,
        Optional.of("e"),
        new RecordedProblem("x", ProblemKind.FAILED, "table a is missing", "why", "fix"));
    add("b", "x", "view b is missing");

    assertThat(groups.groups()).hasSize(2);
  }

  @Test
  void very_many_causes_are_kept_apart_by_their_codes_only() {
    String letters = "abcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < 500; i++) {
      String word = "" + letters.charAt(i / 26 % 26) + letters.charAt(i % 26) + "zzz";
      add("s", "code-" + (i % 2), "strange " + word);
    }

    assertThat(groups.groups()).hasSizeLessThanOrEqualTo(102);
    assertThat(groups.groups().stream().mapToInt(FailureGroup::count).sum()).isEqualTo(500);
  }
}
