package tranche.app.schema;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tranche.api.problem.RecordedJson;
import tranche.api.schema.SchemaPlanJson.RehearsalJson;
import tranche.api.schema.StoreResultJson;
import tranche.app.cli.Terminal;
import tranche.app.cli.render.Look;
import tranche.app.cli.render.SchemaProgressText;
import tranche.app.cli.watch.Sheet;
import tranche.app.schema.selection.TargetStore;
import tranche.core.fleet.StoreId;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.Problem;
import tranche.engine.fanout.FanoutListener;
import tranche.engine.fanout.FanoutPlan;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.StoreEnd;

/// Watches a run for a command: draws it where that can be seen, tells it in lines where not, and
/// keeps what the summary needs.
final class Observer implements FanoutListener {
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final Duration MEASURED_FOR = Duration.ofSeconds(2);
  private static final int LATEST = 4;
  private static final int MOST_CAUSES = 50;

  private final Speech speech;
  private final String title;
  private final Map<StoreId, TargetStore> known;
  private final Optional<Sheet> sheet;
  private final Map<String, Long> ran = new LinkedHashMap<>();
  private final Map<String, String> failedAt = new LinkedHashMap<>();
  private final Deque<String> latest = new ArrayDeque<>();
  private final Set<String> causes = new HashSet<>();
  private final List<StoreResultJson> results = new ArrayList<>();
  private Look look;
  private Optional<Before> before;
  private List<RehearsalJson> rehearsals = List.of();
  private Instant measuredAt = Instant.MIN;
  private Instant saidAt = Instant.MIN;
  private final List<String> early = new ArrayList<>();
  private boolean isPlanned;
  private boolean isSilent;

  /// What happens between reading stores and changing the first one.
  interface Before {
    /// Tries what the plan says, and tells what came out.
    ///
    /// @param labels how stores are called
    /// @throws tranche.core.problem.ProblemException if nothing is to begin
    List<RehearsalJson> rehearse(FanoutPlan plan, Function<StoreId, String> labels);
  }

  Observer(Speech speech, String title, List<TargetStore> stores) {
    this(speech, title, stores, (_, _) -> List.of());
  }

  Observer(Speech speech, String title, List<TargetStore> stores, Before before) {
    this.before = Optional.of(before);
    this.speech = speech;
    this.title = title;
    this.known = new LinkedHashMap<>();
    stores.forEach(s -> known.put(s.store(), s));
    this.sheet = canDraw(speech) ? Optional.of(new Sheet(speech.err())) : Optional.empty();
    this.look = speech.voice().errorLook(speech.surroundings());
  }

  private static boolean canDraw(Speech speech) {
    boolean isDumb = speech.surroundings().variable("TERM").filter("dumb"::equals).isPresent();
    return speech.surroundings().terminal().isErr() && !isDumb && !speech.voice().isQuiet();
  }

  @Override
  public synchronized void planned(FanoutPlan plan) {
    if (sheet.isEmpty()) {
      tell("%s: %,d to move".formatted(title, plan.moving()));
      early.forEach(this::tell);
      early.clear();
      isPlanned = true;
    }
    Optional<Before> first = before;
    before = Optional.empty();
    first.ifPresent(b -> rehearsals = b.rehearse(plan, this::name));
  }

  @Override
  public synchronized void progress(Snapshot snapshot) {
    if (isSilent || speech.voice().isQuiet()) {
      return;
    }
    Instant now = speech.now();
    if (sheet.isPresent()) {
      measure(now);
      sheet
          .get()
          .draw(SchemaProgressText.lines(title, snapshot, List.copyOf(latest), look), look.width());
    } else if (saidAt.isBefore(now.minus(QUIET))) {
      tell(SchemaProgressText.line(snapshot, look));
    }
  }

  private void measure(Instant now) {
    if (measuredAt.isBefore(now.minus(MEASURED_FOR))) {
      Look wide = speech.voice().errorLook(speech.surroundings());
      look =
          speech
              .surroundings()
              .terminal()
              .size()
              .map(Terminal.Size::columns)
              .map(columns -> wide.fitting(Math.min(columns, wide.width())))
              .orElse(wide);
      measuredAt = now;
    }
  }

  private void tell(String line) {
    PrintStream err = speech.err();
    if (!isSilent && !speech.voice().isQuiet()) {
      Instant now = speech.now();
      err.println(SchemaProgressText.stamped(line, now, look));
      saidAt = now;
    }
  }

  @Override
  public synchronized void ended(StoreId store, StoreEnd end) {
    StoreResultJson result = result(store, end);
    result.ran().forEach(key -> ran.merge(key, 1L, Long::sum));
    if (end instanceof StoreEnd.Failed(_, var at, Problem problem)) {
      at.ifPresent(key -> failedAt.putIfAbsent(problem.code() + store, key.toString()));
      failed(store, problem);
    }
    switch (speech.format()) {
      case NDJSON -> speech.json(result);
      case JUNIT -> results.add(result);
      case TABLE, WIDE, JSON -> {}
    }
  }

  private void failed(StoreId store, Problem problem) {
    String line = name(store) + "  " + problem.code() + "  " + problem.what();
    latest.addLast(line);
    if (latest.size() > LATEST) {
      latest.removeFirst();
    }
    boolean isNew =
        causes.size() < MOST_CAUSES
            && causes.add(problem.code() + problem.what().replaceAll("[0-9]+", "#").length());
    if (sheet.isEmpty() && isNew && isPlanned) {
      tell("✕ " + line);
    } else if (isNew) {
      early.add("✕ " + line);
    }
  }

  private String name(StoreId store) {
    return Optional.ofNullable(known.get(store)).map(StatusReport::name).orElse(store.toString());
  }

  private StoreResultJson result(StoreId store, StoreEnd end) {
    return switch (end) {
      case StoreEnd.UpToDate _ -> result(store, "unchanged", List.of(), Optional.empty());
      case StoreEnd.Done(var keys, var timing) ->
          new StoreResultJson(
              store.toString(),
              tenant(store),
              tier(store),
              "done",
              texts(keys),
              Optional.empty(),
              Optional.empty(),
              timing.total());
      case StoreEnd.Failed(var keys, var at, Problem problem) ->
          new StoreResultJson(
              store.toString(),
              tenant(store),
              tier(store),
              "failed",
              texts(keys),
              at.map(MigrationKey::toString),
              Optional.of(RecordedJson.of(problem)),
              Duration.ZERO);
      case StoreEnd.Interrupted(Problem problem) ->
          result(store, "interrupted", List.of(), Optional.of(problem));
      case StoreEnd.Blocked _ -> result(store, "waiting", List.of(), Optional.empty());
      case StoreEnd.NotThere _ -> result(store, "not-there", List.of(), Optional.empty());
    };
  }

  private StoreResultJson result(
      StoreId store, String state, List<String> keys, Optional<Problem> problem) {
    return new StoreResultJson(
        store.toString(),
        tenant(store),
        tier(store),
        state,
        keys,
        Optional.empty(),
        problem.map(RecordedJson::of),
        Duration.ZERO);
  }

  private Optional<String> tenant(StoreId store) {
    return Optional.ofNullable(known.get(store)).flatMap(TargetStore::tenant);
  }

  private Optional<String> tier(StoreId store) {
    return Optional.ofNullable(known.get(store)).flatMap(TargetStore::tier);
  }

  private static List<String> texts(List<MigrationKey> keys) {
    return keys.stream().map(MigrationKey::toString).toList();
  }

  /// Draws and tells nothing any more.
  synchronized void end() {
    sheet.ifPresent(s -> s.draw(List.of(), look.width()));
    isSilent = true;
  }

  /// On how many stores each migration ran.
  synchronized Map<String, Long> ran() {
    return new LinkedHashMap<>(ran);
  }

  /// The migration at which that store failed with that problem.
  synchronized Optional<String> failedAt(String code, StoreId store) {
    return Optional.ofNullable(failedAt.get(code + store));
  }

  /// Each store, if they were to be kept.
  synchronized List<StoreResultJson> results() {
    return List.copyOf(results);
  }

  /// What was tried before the first store was changed.
  synchronized List<RehearsalJson> rehearsals() {
    return rehearsals;
  }

  String named(StoreId store) {
    return name(store);
  }
}
