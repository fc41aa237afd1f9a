package tranche.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.core.fanout.Sample.folder;
import static tranche.core.fanout.Sample.halfway;
import static tranche.core.fanout.Sample.managed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.core.fanout.ApplyOptions.OutOfOrder;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.release.SchemaVersion;

final class StorePlanningTest {
  private static final StoreReading NEW = new StoreReading.Unmanaged(List.of(), true);

  private static StoreNeed need(MigrationSet folder, String to, StoreReading reading) {
    return new StorePlanning(folder, new ApplyOptions(Sample.version(to), OutOfOrder.REFUSED))
        .need(reading);
  }

  /// A need in few words: the files that run, `current 3`, or the code of the problem.
  private static String words(StoreNeed need) {
    return switch (need) {
      case StoreNeed.UpToDate(var version, boolean isBeyond) ->
          "current " + version + (isBeyond ? " beyond" : "");
      case StoreNeed.Migrations(_, var migrations, _) ->
          migrations.stream()
              .map(m -> m.up().name().replace(".sql", ""))
              .collect(Collectors.joining(" "));
      case StoreNeed.Undoing _ -> "undoing";
      case StoreNeed.Refused(var problem) -> problem.code();
      case StoreNeed.NotThere _ -> "not there";
      case StoreNeed.Unreadable _ -> "unreadable";
    };
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("a new store gets all", folder("1", "2", "10"), "", NEW, "1 2 10"),
        Arguments.of("up to a version", folder("1", "2", "10"), "2", NEW, "1 2"),
        Arguments.of("what is missing", folder("1", "2", "3"), "", managed("1"), "2 3"),
        Arguments.of("nothing", folder("1", "2"), "", managed("1", "2"), "current 2"),
        Arguments.of("beyond", folder("1", "2"), "1", managed("1", "2"), "current 2 beyond"),
        Arguments.of("empty folder", folder(), "", NEW, "current 0"),
        Arguments.of("1.0 is 1", folder("1.0", "2"), "", managed("1=sum-1.0"), "2"),
        Arguments.of("no such version", folder("1", "3"), "2", NEW, "version-not-in-folder"),
        Arguments.of("out of order", folder("1", "2", "3"), "", managed("1", "3"), OUT),
        Arguments.of("below the target", folder("1", "2", "3"), "2", managed("1", "3"), OUT),
        Arguments.of("changed", folder("1", "2"), "", managed("1=x"), "migration-changed"),
        Arguments.of("adopted", folder("1", "2"), "", managed("1=adopted"), "2"),
        Arguments.of(
            "Flyway's number",
            folder("1", "2"),
            "",
            managed("1=" + AppliedMigration.flyway("sum-1".hashCode())),
            "2"),
        Arguments.of("another number", folder("1"), "", managed("1=flyway:7"), "migration-changed"),
        Arguments.of("ahead", folder("1"), "", managed("1", "2"), "store-ahead"),
        Arguments.of("ahead in the middle", folder("1", "3"), "", managed("1", "2"), "store-ahead"),
        Arguments.of("a Java migration", folder("1", "3"), "", managed("1", "2=opaque"), "3"),
        Arguments.of("baseline", folder("1", "2", "B3", "3", "4"), "", NEW, "B3 4"),
        Arguments.of("the newest one", folder("B2", "2", "B3", "3", "4"), "", NEW, "B3 4"),
        Arguments.of("not past the target", folder("1", "2", "B3", "3"), "2", NEW, "1 2"),
        Arguments.of("not on a history", folder("1", "2", "B3", "3"), "", managed("1"), "2 3"),
        Arguments.of("after a baseline", folder("1", "B3", "3", "4"), "", managed("B3"), "4"),
        Arguments.of("a baseline elsewhere", folder("1", "2", "3"), "", managed("B2=adopted"), "3"),
        Arguments.of("baseline too new", folder("1"), "", managed("B2=adopted"), "store-ahead"),
        Arguments.of("folded away", folder("B3", "4"), "", managed("1", "2", "3"), "4"),
        Arguments.of("repeatable", folder("1", "R:v"), "", NEW, "1 R:v"),
        Arguments.of("again", folder("1", "R:v=b"), "", managed("1", "R:v=a"), "R:v"),
        Arguments.of("not again", folder("1", "R:v"), "", managed("1", "R:v"), "current 1"),
        Arguments.of(
            "after versions", folder("1", "2", "R:v=b"), "", managed("1", "R:v=a"), "2 R:v"),
        Arguments.of("a forgotten one", folder("1"), "", managed("1", "R:v"), "current 1"),
        Arguments.of("halfway", folder("1", "2", "3"), "", halfway("2", "1"), "2 3"),
        Arguments.of("halfway goes first", folder("1", "2", "3"), "", halfway("3", "1", "2"), "3"),
        Arguments.of("halfway changed", folder("1", "2"), "", halfway("2=x", "1"), HALF),
        Arguments.of("halfway gone", folder("1"), "", halfway("2", "1"), HALF),
        Arguments.of("halfway in the way", folder("1", "2"), "1", halfway("2", "1"), STANDS),
        Arguments.of(
            "halfway repeatable", folder("1", "2", "R:v"), "", halfway("R:v", "1"), "R:v 2"),
        Arguments.of("tables", folder("1"), "", unmanaged(false), "store-not-adopted"),
        Arguments.of(
            "foreign", folder("1"), "", unmanaged(true, HistoryKind.FLYWAY), "store-not-adopted"),
        Arguments.of("gone", folder("1"), "", new StoreReading.NotThere(), "not there"));
  }

  private static final String OUT = "migration-out-of-order";
  private static final String HALF = "halfway-script-changed";
  private static final String STANDS = "halfway-script-stands";

  private static StoreReading unmanaged(boolean isEmpty, HistoryKind... others) {
    return new StoreReading.Unmanaged(List.of(others), isEmpty);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_store_needs(
      String name, MigrationSet folder, String to, StoreReading reading, String expected) {
    assertThat(words(need(folder, to, reading))).as(name).isEqualTo(expected);
  }

  @Test
  void out_of_order_migrations_run_in_order_when_they_may() {
    StorePlanning planning =
        new StorePlanning(
            folder("1", "2", "3", "4"), new ApplyOptions(Sample.version(""), OutOfOrder.ALLOWED));

    assertThat(words(planning.need(managed("1", "3")))).isEqualTo("2 4");
  }

  @Test
  void callbacks_that_always_run_make_work_of_a_store_that_is_current() {
    StoreNeed always = need(Sample.folderWith(CallbackEvent.AFTER_MIGRATE, "1"), "", managed("1"));
    StoreNeed applied =
        need(Sample.folderWith(CallbackEvent.AFTER_MIGRATE_APPLIED, "1"), "", managed("1"));

    assertThat(always)
        .isInstanceOfSatisfying(
            StoreNeed.Migrations.class, n -> assertThat(n.migrations()).isEmpty());
    assertThat(words(applied)).isEqualTo("current 1");
  }

  @Test
  void ten_thousand_stores_of_three_shapes_are_three_computations() {
    StorePlanning planning = new StorePlanning(folder("1", "2", "3"), ApplyOptions.LATEST);
    TreeSet<String> answers = new TreeSet<>();
    for (int i = 0; i < 10_000; i++) {
      StoreReading reading =
          switch (i % 3) {
            case 0 -> managed("1");
            case 1 -> managed("1", "2");
            default -> managed("1", "2", "3");
          };
      answers.add(words(planning.need(reading)));
    }

    assertThat(planning.computations()).isEqualTo(3);
    assertThat(answers).containsExactly("2 3", "3", "current 3");
  }

  @Test
  void stores_of_one_shape_get_the_same_object() {
    StorePlanning planning = new StorePlanning(folder("1", "2"), ApplyOptions.LATEST);

    assertThat(planning.need(managed("1"))).isSameAs(planning.need(managed("1")));
    assertThat(planning.need(NEW)).isSameAs(planning.need(NEW));
    assertThat(planning.need(halfway("2", "1"))).isNotSameAs(planning.need(managed("1")));
  }

  /// Whatever the folder and the history: applying what is needed leads to a store that needs
  /// nothing, runs nothing twice, and never what was run before.
  @Test
  void what_is_needed_leads_to_a_store_that_needs_nothing() {
    int moved = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> all = words(random, 8);
      MigrationSet folder = folder(all.toArray(String[]::new));
      List<String> ran = new ArrayList<>();
      for (String word : all) {
        if (!word.startsWith("B") && random.nextInt(3) > 0) {
          ran.add(word.startsWith("R:") && random.nextBoolean() ? word + "=old" : word);
        }
      }
      ApplyOptions options = new ApplyOptions(Sample.version(""), OutOfOrder.ALLOWED);
      StorePlanning planning = new StorePlanning(folder, options);
      StoreNeed first = planning.need(managed(ran.toArray(String[]::new)));
      if (first instanceof StoreNeed.Migrations(_, List<SourceMigration> migrations, var reaches)) {
        moved++;
        List<String> after = new ArrayList<>(ran);
        for (SourceMigration migration : migrations) {
          String word = migration.up().name().replace(".sql", "");
          boolean _ = after.removeIf(old -> old.equals(word + "=old"));
          assertThat(after).as("seed %d", seed).doesNotContain(word);
          after.add(word);
        }
        assertThat(words(planning.need(managed(after.toArray(String[]::new)))))
            .as("seed %d", seed)
            .isEqualTo("current " + reaches);
      }
    }
    assertThat(moved).isGreaterThan(3_000);
  }

  private static List<String> words(SplittableRandom random, int most) {
    TreeSet<SchemaVersion> versions = new TreeSet<>();
    int count = random.nextInt(1, most);
    for (int i = 0; i < count; i++) {
      versions.add(new SchemaVersion(Integer.toString(random.nextInt(1, 20))));
    }
    List<String> words = new ArrayList<>();
    for (SchemaVersion version : versions) {
      if (random.nextInt(5) == 0) {
        words.add("B" + version);
      }
      words.add(version.value());
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      words.add("R:r" + i);
    }
    return words;
  }
}
