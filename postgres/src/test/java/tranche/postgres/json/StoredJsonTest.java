package tranche.postgres.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.judge.Verdict;
import tranche.core.policy.Strategy;
import tranche.core.problem.ProblemException;
import tranche.core.release.Release;
import tranche.core.rollout.Event;
import tranche.core.rollout.Plan;
import tranche.core.rollout.Step;
import tranche.core.rollout.StepOutcome;
import tranche.postgres.json.TypeNames.Family;
import tranche.testkit.Samples;

final class StoredJsonTest {
  private static final Path GOLDEN = Path.of("src/test/resources/tranche/postgres/json");
  private static final boolean UPDATES = Boolean.getBoolean("golden.update");

  /// What is stored of one family, and how.
  record Stored<T>(Class<T> type, List<? extends T> samples) {
    StoredJson<T> json() {
      return new StoredJson<>(type);
    }

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  static Stream<Stored<?>> everything() {
    return Stream.of(
        new Stored<>(Event.class, StoredSamples.events()),
        new Stored<>(Step.class, StoredSamples.steps()),
        new Stored<>(StepOutcome.class, StoredSamples.outcomes()),
        new Stored<>(Verdict.class, StoredSamples.verdicts()),
        new Stored<>(Strategy.class, StoredSamples.strategies()),
        new Stored<>(Plan.class, List.of(Samples.plan("abcdef0"))),
        new Stored<>(Release.class, List.of(Samples.release("2026.11", "/srv/r", "app.jar"))));
  }

  static Stream<Family> families() {
    return TypeNames.families().stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void every_case_of_a_family_has_a_name_of_its_own(Family family) {
    assertThat(family.names().keySet())
        .containsExactlyInAnyOrder(family.type().getPermittedSubclasses());
    assertThat(family.names().values())
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[a-z]+(-[a-z]+)*"));
  }

  @ParameterizedTest
  @MethodSource("families")
  void every_case_of_a_family_has_a_sample(Family family) {
    List<? extends Object> samples =
        everything().filter(s -> s.type() == family.type()).findFirst().orElseThrow().samples();

    assertThat(samples.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(family.names().keySet());
  }

  @ParameterizedTest
  @MethodSource("everything")
  <T> void what_is_written_is_read_back(Stored<T> stored) {
    for (T sample : stored.samples()) {
      assertThat(stored.json().read(stored.json().write(sample))).isEqualTo(sample);
    }
  }

  /// Stored history stays readable only while these files stay as they are: a difference here is a
  /// new stored format and needs an upgrade of what is stored.
  @ParameterizedTest
  @MethodSource("everything")
  <T> void the_stored_form_stays_what_it_was(Stored<T> stored) throws IOException {
    String written =
        stored.samples().stream()
            .map(stored.json()::write)
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    Path file = GOLDEN.resolve(stored.type().getSimpleName() + ".jsonl");
    if (UPDATES) {
      Path _ = Files.createDirectories(GOLDEN);
      Path _ = Files.writeString(file, written);
    }

    assertThat(written).isEqualTo(Files.readString(file));
  }

  @Test
  void a_problem_in_every_kind_and_every_word_is_read_back() {
    Map<String, Object> words = new TreeMap<>();
    for (Class<? extends Enum<?>> type :
        List.of(
            tranche.core.problem.ProblemKind.class,
            tranche.core.release.SchemaPhase.class,
            tranche.core.rollout.StepKind.class,
            tranche.core.policy.OnUnhealthy.class,
            tranche.core.rollout.Preparation.Work.class,
            Event.Ending.class,
            Event.Again.class)) {
      roundTrip(type, words);
    }

    assertThat(words).containsKeys("\"refused-by-policy\"", "\"verify-before\"", "\"backup\"");
  }

  private static <E> void roundTrip(Class<E> type, Map<String, Object> words) {
    StoredJson<E> json = new StoredJson<>(type);
    for (E constant : type.getEnumConstants()) {
      String word = json.write(constant);
      assertThat(json.read(word)).isEqualTo(constant);
      words.put(word, constant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"resumed\",\"by\":\"ann\",\"more\":1}",
        "{\"type\":\"resumed\"}",
        "{\"type\":\"resumed\",\"by\":null}",
        "{\"type\":\"resumed\",\"by\":\"ann\",\"by\":\"bob\"}",
        "{\"type\":\"resumed\",\"by\":7}",
        "{\"type\":\"resumed\",\"by\":\"ann\"} {}",
        "{\"type\":\"unheard-of\",\"by\":\"ann\"}",
        "{\"type\":\"Event$Resumed\",\"by\":\"ann\"}",
        "{\"by\":\"ann\"}",
        "{\"type\":\"revert-ended\",\"tenants\":\"12\"}",
        "{\"type\":\"revert-ended\",\"tenants\":1.5}",
        "{\"type\":\"revert-ended\",\"tenants\":null}",
        "{\"type\":\"finished\",\"ending\":\"DONE\"}",
        "{\"type\":\"finished\",\"ending\":0}",
        "{\"type\":\"retry-requested\",\"tenants\":[\"Not A Tenant\"],\"by\":\"ann\"}",
        "{\"type\":\"retry-requested\",\"tenants\":[7],\"by\":\"ann\"}",
        "{\"type\":\"intended\",\"step\":{\"type\":\"provision\",\"store\":\"x\"},\"attempt\":1}",
        "null",
        "",
        "{"
      })
  void what_is_not_understood_is_refused(String text) {
    ProblemException thrown =
        catchThrowableOfType(ProblemException.class, () -> StoredJson.EVENT.read(text));

    assertThat(thrown).isNotNull();
    assertThat(thrown.problem()).isInstanceOf(StoredJsonProblem.class);
    assertThat(thrown.problem().what()).startsWith("A stored Event cannot be read: ");
  }

  @Test
  void a_plan_with_an_unknown_part_is_refused() {
    String text = StoredJson.PLAN.write(Samples.plan("abcdef0"));
    String more = text.replaceFirst("\"policy\":\\{", "\"policy\":{\"more\":1,");
    assertThat(more).isNotEqualTo(text);
    String computed = text.replaceFirst("\"moves\":", "\"installation\":true,\"moves\":");
    assertThat(computed).isNotEqualTo(text);

    for (String changed : Arrays.asList(more, computed)) {
      assertThat(catchThrowableOfType(ProblemException.class, () -> StoredJson.PLAN.read(changed)))
          .isNotNull();
    }
  }

  @Test
  void characters_that_postgresql_cannot_store_are_replaced() {
    Event event = new Event.Paused("a\0b", "x\uD800y \uDC00 \uD83D\uDE00 z\uD83D");

    assertThat(StoredJson.EVENT.read(StoredJson.EVENT.write(event)))
        .isEqualTo(new Event.Paused("a\uFFFDb", "x\uFFFDy \uFFFD \uD83D\uDE00 z\uFFFD"));
  }
}
