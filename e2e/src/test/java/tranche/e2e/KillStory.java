package tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.Approve;
import tranche.api.rollout.EventJson;
import tranche.core.rollout.StepKind;
import tranche.e2e.harness.ControlPlaneProcess;
import tranche.e2e.harness.Fleet;
import tranche.e2e.harness.LoadProcess;
import tranche.e2e.harness.LoadReport;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;

/// A story in which steps of every kind occur, under load: everybody moves to the next release,
/// everybody is taken back, a tenant joins, everybody moves again, and the old shape is removed.
/// Told with the control plane killed in every kind of step, or with nobody disturbed.
final class KillStory {
  static final int RATE = 100;
  private static final String OLD = "2026.10";
  private static final String NEW = "2026.11";
  private static final Fleet.Tenant NEWCOMER = new Fleet.Tenant("premium-9", "premium", "us-east");

  /// The kinds in which the control plane dies before the effect; in all others, after it.
  private static final Set<StepKind> DYING_BEFORE =
      Set.of(
          StepKind.PROVISION,
          StepKind.BACKUP,
          StepKind.BACKFILL,
          StepKind.VERIFY_BEFORE,
          StepKind.BAKE,
          StepKind.VERIFY_AFTER,
          StepKind.RETURN,
          StepKind.SETTLE_RETURNED,
          StepKind.RETIRE);

  private final Site site;
  private final Kills kills;
  private final Set<String> visited = new TreeSet<>();
  private final List<Window> down = new ArrayList<>();
  private Optional<LoadProcess> running = Optional.empty();
  private Map<String, Long> steady = Map.of();
  private ControlPlaneProcess controlPlane;

  KillStory(Site site, Kills kills) throws Exception {
    this.site = site;
    this.kills = kills;
    site.write(Fleet.mixed());
    this.controlPlane = site.start();
  }

  /// Whether the control plane is killed.
  enum Kills {
    NONE,
    EVERYWHERE
  }

  /// How the story ended. `performedAgain` has the kinds of which a step needed a second attempt.
  record Told(
      LoadReport report,
      Map<String, String> ledger,
      Set<String> visited,
      Set<String> performedAgain,
      long downSeconds,
      long okWhileDown) {}

  /// Time without a control plane.
  private record Window(Instant from, Instant to) {}

  /// The parts of the story, as to where a kind of step is met.
  private enum Part {
    FORWARD,
    BACK,
    AGAIN,
    CLOSING
  }

  private static Part partOf(StepKind kind) {
    return switch (kind) {
      case PREFLIGHT,
          BACKUP,
          EXPAND,
          BACKFILL,
          DEPLOY,
          VERIFY_BEFORE,
          SHIFT,
          BAKE,
          JUDGE,
          VERIFY_AFTER,
          SETTLE ->
          Part.FORWARD;
      case RETURN, VERIFY_RETURNED, SETTLE_RETURNED -> Part.BACK;
      case PROVISION -> Part.AGAIN;
      case CHECK_BACKFILL, RETIRE, CONTRACT -> Part.CLOSING;
    };
  }

  /// Where to kill, in the order in which the part meets it.
  private List<String> points(Part part) {
    return Stream.of(StepKind.values())
        .filter(kind -> kills == Kills.EVERYWHERE && partOf(kind) == part)
        .map(k -> k.word() + (DYING_BEFORE.contains(k) ? ":after-intent" : ":after-effect"))
        .toList();
  }

  Told tell() throws Exception {
    List<String> tenants = Fleet.mixed().ids();
    try (TrancheClient client = controlPlane.client()) {
      client.createRelease(site.release(OLD));
      client.createRelease(site.release(NEW));
      new Rollouts(client).complete(OLD);
    }
    site.seed(tenants, 20);
    steady = site.processes().instances();
    assertThat(steady).hasSize(7);
    LoadProcess load = site.load(tenants, new LoadProcess.Shape(RATE, "60,40,0", 3));
    running = Optional.of(load);

    String first = "r-2";
    part(Part.FORWARD, c -> assertThat(new Rollouts(c).start(NEW)).isEqualTo(first));
    with(rollouts -> rollouts.awaitContractGate(first));
    part(Part.BACK, c -> c.revert(first, List.of(), "the test takes everybody back"));
    with(rollouts -> rollouts.awaitPhase(first, "reverted"));
    String second = "r-3";
    site.write(Fleet.mixed().with(NEWCOMER));
    part(Part.AGAIN, c -> assertThat(new Rollouts(c).start(NEW)).isEqualTo(second));
    with(rollouts -> rollouts.awaitContractGate(second));
    steady = ofRelease(NEW, site.processes().instances());
    part(Part.CLOSING, c -> c.approve(second, Approve.ofContract()));
    with(rollouts -> rollouts.awaitPhase(second, "done"));
    return told(load.end(), List.of(first, second));
  }

  private static Map<String, Long> ofRelease(String release, Map<String, Long> instances) {
    Map<String, Long> some = new TreeMap<>(instances);
    some.keySet().removeIf(id -> !id.contains(release));
    assertThat(some).hasSize(7);
    return some;
  }

  private Told told(LoadReport report, List<String> rollouts) throws Exception {
    Set<String> again = new TreeSet<>();
    Map<String, String> ledger = new TreeMap<>();
    with(seen -> {
      ledger.putAll(seen.ledger());
      for (String rollout : rollouts) {
        seen.journal(rollout).stream()
            .filter(event -> event.type().equals("intended"))
            .map(EventJson::detail)
            .filter(detail -> detail.attempt().orElse(1) > 1)
            .forEach(detail -> again.add(detail.kind().orElseThrow()));
      }
    });
    long seconds = 0;
    long answers = 0;
    for (Window window : down) {
      seconds += Math.max(0, Duration.between(window.from(), window.to()).toSeconds() - 1);
      answers += report.okBetween(window.from(), window.to());
    }
    return new Told(report, ledger, visited, again, seconds, answers);
  }

  private void with(Consumer<Rollouts> what) throws Exception {
    try (TrancheClient client = controlPlane.client()) {
      what.accept(new Rollouts(client));
    }
  }

  /// Begins a part and kills the control plane at each of its points; afterwards one that nothing
  /// stops goes on.
  private void part(Part part, Consumer<TrancheClient> beginning) throws Exception {
    boolean isBegun = false;
    List<String> points = points(part);
    for (String point : points) {
      restart(point);
      if (!isBegun) {
        begin(beginning);
        isBegun = true;
      }
      controlPlane.awaitStopPoint(point);
      visited.add(point.substring(0, point.indexOf(':')));
    }
    if (!points.isEmpty()) {
      restart("");
    } else {
      begin(beginning);
    }
  }

  private void begin(Consumer<TrancheClient> beginning) throws Exception {
    try (TrancheClient client = controlPlane.client()) {
      beginning.accept(client);
    }
  }

  /// Two seconds' worth of requests are answered before another control plane starts.
  private void awaitAnswersWithoutControlPlane() throws Exception {
    if (running.isPresent()) {
      long before = running.get().report().ok();
      await().until(() -> running.get().report().ok() >= before + 2L * RATE);
    }
  }

  private void restart(String point) throws Exception {
    long gateway = site.processes().gateway();
    Instant from = Instant.now();
    controlPlane.kill();
    awaitAnswersWithoutControlPlane();
    Map<String, Long> alive = site.processes().instances();
    alive.values().removeIf(pid -> !isAlive(pid));
    assertThat(alive).as("instances that outlive the control plane").containsAllEntriesOf(steady);

    controlPlane = site.startStoppingAt(point);
    down.add(new Window(from, Instant.now()));
    assertThat(site.processes().gateway()).as("the gateway's process").isEqualTo(gateway);
    assertThat(isAlive(gateway)).isTrue();
    assertSameProcesses(alive, site.processes().instances());
  }

  /// An instance that both know is the same process; what is not known any more was stopped on
  /// purpose.
  private void assertSameProcesses(Map<String, Long> before, Map<String, Long> after) {
    assertThat(after).as("instances after the restart").containsAllEntriesOf(steady);
    Map<String, Long> both = new TreeMap<>(before);
    both.keySet().retainAll(after.keySet());
    assertThat(after).containsAllEntriesOf(both);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
