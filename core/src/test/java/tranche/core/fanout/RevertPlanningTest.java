package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.core.fanout.Sample.key;
import static tranche.core.fanout.Sample.managed;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tranche.core.fanout.RevertOptions.DataLoss;
import tranche.core.fanout.RevertOptions.Scope;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaVersion;

final class RevertPlanningTest {
  private static final Undo KNOWN = new Undo.Statements(List.of("DROP"), List.of(), true);
  private static final Undo LOSING =
      new Undo.Statements(List.of("DROP"), List.of("what was written to a.b"), true);
  private static final Undo UNKNOWN = new Undo.Unknown("it deletes rows");

  private static KeptUndo kept(String key, String run, Undo undo) {
    return new KeptUndo(key(key), run, undo, false);
  }

  private static StoreNeed need(Scope scope, DataLoss loss, KeptUndo... undos) {
    String[] words =
        Arrays.stream(undos).map(u -> u.key().text()).toList().reversed().toArray(String[]::new);
    return new RevertPlanning(new RevertOptions(scope, loss)).need(managed(words), List.of(undos));
  }

  private static Scope downTo(String version) {
    return new Scope.DownTo(new SchemaVersion(version));
  }

  private static void assertUndoes(StoreNeed need, String... keys) {
    assertThat(need).isInstanceOf(StoreNeed.Undoing.class);
    assertThat(((StoreNeed.Undoing) need).migrations())
        .containsExactlyElementsOf(Arrays.stream(keys).map(Sample::key).toList());
  }

  private static String code(StoreNeed need) {
    assertThat(need).isInstanceOf(StoreNeed.Refused.class);
    return ((StoreNeed.Refused) need).problem().code();
  }

  @Test
  void everything_above_a_version_goes_the_latest_first() {
    assertUndoes(
        need(
            downTo("1"),
            DataLoss.REFUSED,
            kept("R:v", "b", UNKNOWN),
            kept("10", "b", KNOWN),
            kept("2", "a", KNOWN),
            kept("1", "a", KNOWN)),
        "10",
        "2");
  }

  @Test
  void the_last_ones_are_versions() {
    assertUndoes(
        need(
            new Scope.Last(2),
            DataLoss.REFUSED,
            kept("R:v", "b", UNKNOWN),
            kept("3", "b", KNOWN),
            kept("2", "a", KNOWN),
            kept("1", "a", KNOWN)),
        "3",
        "2");
  }

  @Test
  void a_run_is_taken_back_with_all_that_it_did() {
    assertUndoes(
        need(
            new Scope.Run("b"),
            DataLoss.REFUSED,
            kept("3", "b", KNOWN),
            kept("2", "b", KNOWN),
            kept("1", "a", KNOWN)),
        "3",
        "2");
  }

  @Test
  void a_run_with_later_migrations_on_top_is_refused() {
    StoreNeed need =
        need(
            new Scope.Run("a"),
            DataLoss.REFUSED,
            kept("3", "b", KNOWN),
            kept("2", "a", KNOWN),
            kept("1", "a", KNOWN));

    assertThat(code(need)).isEqualTo("revert-not-latest");
    assertThat(((StoreNeed.Refused) need).problem().what()).contains("V3");
  }

  @Test
  void a_store_that_has_nothing_of_it_is_current() {
    assertThat(need(new Scope.Run("x"), DataLoss.REFUSED, kept("2", "a", KNOWN)))
        .isEqualTo(new StoreNeed.UpToDate(new SchemaVersion("2"), false));
    assertThat(need(downTo("7"), DataLoss.REFUSED, kept("2", "a", KNOWN)))
        .isEqualTo(new StoreNeed.UpToDate(new SchemaVersion("2"), false));
  }

  @Test
  void every_migration_without_an_undo_is_named_before_anything_runs() {
    StoreNeed need =
        need(
            downTo("0"),
            DataLoss.ACCEPTED,
            kept("3", "a", KNOWN),
            kept("2", "a", UNKNOWN),
            new KeptUndo(key("1"), "a", KNOWN, true));

    assertThat(code(need)).isEqualTo("undo-unknown");
    assertThat(((StoreNeed.Refused) need).problem().what()).contains("V2", "it deletes rows", "V1");
  }

  @Test
  void losing_data_has_to_be_accepted() {
    KeptUndo[] undos = {kept("2", "a", LOSING), kept("1", "a", KNOWN)};

    StoreNeed refused = need(downTo("1"), DataLoss.REFUSED, undos);
    assertThat(code(refused)).isEqualTo("undo-loses-data");
    assertThat(((StoreNeed.Refused) refused).problem().what()).contains("V2", "a.b");
    StoreNeed accepted = need(downTo("1"), DataLoss.ACCEPTED, undos);
    assertUndoes(accepted, "2");
    assertThat(((StoreNeed.Undoing) accepted).loses()).hasSize(1);
  }

  @Test
  void a_script_that_stopped_halfway_stands_in_the_way() {
    RevertPlanning planning = new RevertPlanning(new RevertOptions(downTo("0"), DataLoss.REFUSED));

    assertThat(code(planning.need(Sample.halfway("2", "1"), List.of(kept("1", "a", KNOWN)))))
        .isEqualTo("halfway-script-stands");
  }

  @Test
  void what_there_is_nothing_to_take_back_for_is_ended_all_the_same() {
    assertUndoes(
        need(
            downTo("1"),
            DataLoss.REFUSED,
            kept("2", "a", new Undo.NotNeeded()),
            kept("1", "a", KNOWN)),
        "2");
  }
}
