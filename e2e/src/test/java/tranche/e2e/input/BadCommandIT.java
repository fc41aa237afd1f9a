package tranche.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static tranche.e2e.input.Expected.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.MakePlan;
import tranche.core.problem.ProblemException;
import tranche.e2e.harness.ControlPlaneProcess;
import tranche.e2e.harness.Databases;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;
import tranche.e2e.harness.Site.Ended;

/// What a running control plane refuses. Each command is refused while a fleet is served, with a
/// rollout that waits before contract; what is refused writes nothing.
final class BadCommandIT {
  private static final String START_KEY = "e2e-start";

  @RegisterExtension private final Site site = new Site();

  private TrancheClient client;
  private Rollouts rollouts;
  private String base;
  private String waiting;
  private String waitingPlan;
  private String otherPlan;
  private long controlPlane;

  /// A command with `{...}` for what is known only when it runs, and what is said about it.
  private record Case(String command, Expected expected) {}

  @TestFactory
  Stream<DynamicTest> what_a_running_control_plane_is_asked_wrongly() throws Exception {
    startFleetWithRolloutThatWaits();
    Stream<DynamicTest> refused =
        Stream.of(unknown(), notNow(), usage(), signIn())
            .flatMap(List::stream)
            .map(wrong -> dynamicTest(wrong.command(), () -> isRefusedAndWritesNothing(wrong)));
    DynamicTest twice =
        dynamicTest("the same start twice is one rollout", this::theSameStartTwiceIsOneRollout);
    return Stream.concat(refused, Stream.of(twice));
  }

  private void startFleetWithRolloutThatWaits() throws Exception {
    site.write(Fleets.small(2).configured(c -> c.replace("after: 0s", "after: 0s, approval: dba")));
    ControlPlaneProcess started = site.start();
    controlPlane = started.pid();
    client = started.client();
    rollouts = new Rollouts(client);
    client.createRelease(site.release("2026.10"));
    client.createRelease(site.release("2026.11"));
    base = rollouts.complete("2026.10");
    otherPlan = client.plan(new MakePlan("2026.11", List.of(), List.of(), List.of("p-01"))).id();
    waitingPlan = client.plan(new MakePlan("2026.11", List.of(), List.of(), List.of())).id();
    waiting = client.withIdempotencyKey(START_KEY).start(waitingPlan).id();
    rollouts.awaitContractGate(waiting);
  }

  private static Case of(String command, Expected expected) {
    return new Case(command, expected);
  }

  private static List<Case> unknown() {
    return List.of(
        of("tenant show nobody", problem("unknown-tenant", 5, "nobody")),
        of("tenant why nobody", problem("unknown-tenant", 5, "nobody")),
        of("rollout show r-99", problem("unknown-rollout", 5, "r-99")),
        of("rollout cancel r-99 --reason test --yes", problem("unknown-rollout", 5, "r-99")),
        of("plan show 1234567", problem("unknown-plan", 5, "1234567")),
        of("rollout start 1234567", problem("unknown-plan", 5, "1234567")),
        of("release show 2031.01", problem("unknown-release", 5, "2031.01")),
        of("plan --to 2031.01", problem("unknown-release", 5, "2031.01")),
        of("plan --to 2026.11 --tenant nobody", problem("unknown-tenant", 5, "nobody")),
        of("release create {folder}/nowhere", problem("missing-file", 2, "nowhere/release.yaml")));
  }

  private static List<Case> notNow() {
    return List.of(
        of("rollout start {other-plan}", problem("rollout-in-progress", 6, "{waiting}")),
        of("rollout approve {waiting} --tranche 1", problem("not-now", 6, "{waiting}")),
        of("rollout retry {waiting}", problem("not-now", 6, "nothing has failed")),
        of("rollout cancel {base} --reason test --yes", problem("not-now", 6, "has ended")),
        of(
            "up --config {config} --data {data} --listen 127.0.0.1:0 --gateway-listen 127.0.0.1:0",
            problem("data-folder-in-use", 6, "{data}", "process {control-plane}")));
  }

  private static List<Case> usage() {
    return List.of(
        of("rollout frobnicate", problem("command-not-understood", 2, "frobnicate")),
        of("plan", problem("command-not-understood", 2, "--to")),
        of(
            "rollout revert {waiting} --all --yes",
            problem("command-not-understood", 2, "--reason")),
        of(
            "rollout revert {waiting} --all --reason test",
            problem("confirmation-needed", 2, "{waiting}", "--yes")),
        of("plan --to 2026.11 -l tier", problem("selector-not-understood", 2, "'tier'")));
  }

  private static List<Case> signIn() {
    return List.of(
        of(
            "rollout list --server {url} --token-file {folder}/wrong-token",
            problem("not-signed-in", 4, "--token-file")),
        of("rollout list --server {url}", problem("token-file-not-named", 2, "--token-file")),
        of(
            "rollout list --server http://127.0.0.1:1 --token-file {folder}/wrong-token",
            problem("server-unreachable", 7, "http://127.0.0.1:1")),
        of(
            "rollout list --data {folder}/nowhere",
            problem("no-control-plane", 7, "nowhere/control.json", "tranche up")));
  }

  private void isRefusedAndWritesNothing(Case wrong) throws Exception {
    Path token = Files.writeString(site.folder().resolve("wrong-token"), "f".repeat(64));
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> known = known();
    List<String> before = controlStore();

    Said said =
        Said.of(run(Stream.of(wrong.command().split(" ")).map(w -> fill(w, known)).toList()));

    Expected expected = wrong.expected();
    said.is(
        new Expected(
            expected.code(),
            expected.exitCode(),
            expected.names().stream().map(n -> fill(n, known)).toList()));
    assertThat(controlStore()).isEqualTo(before);
  }

  private Map<String, String> known() throws IOException {
    return Map.of(
        "{folder}", site.folder().toString(),
        "{config}", site.configuration().toString(),
        "{data}", site.data().toString(),
        "{waiting}", waiting,
        "{base}", base,
        "{other-plan}", otherPlan,
        "{control-plane}", String.valueOf(controlPlane),
        "{url}", url());
  }

  private static String fill(String text, Map<String, String> known) {
    String filled = text;
    for (Map.Entry<String, String> word : known.entrySet()) {
      filled = filled.replace(word.getKey(), word.getValue());
    }
    return filled;
  }

  private Ended run(List<String> words) throws Exception {
    List<String> arguments = new ArrayList<>(words);
    if (!words.contains("--data") && !words.contains("--server")) {
      arguments.addAll(List.of("--data", site.data().toString()));
    }
    return site.tranche(arguments.toArray(String[]::new));
  }

  /// Everything that a decision is written into. Plans are left out: making one is no decision.
  private List<String> controlStore() throws Exception {
    Databases databases = site.databases();
    List<String> rows = new ArrayList<>();
    for (String table : List.of("journal", "rollout", "release", "ledger", "desired_arm")) {
      rows.addAll(
          databases.texts(
              "postgres", "SELECT t::text FROM tranche_control." + table + " t ORDER BY 1"));
    }
    return rows;
  }

  private String url() throws IOException {
    return Files.readString(site.data().resolve("control.json"))
        .replaceFirst(".*\"url\":\"([^\"]+)\".*", "$1");
  }

  /// And its key serves no other request.
  private void theSameStartTwiceIsOneRollout() throws Exception {
    List<String> before = controlStore();
    TrancheClient again = client.withIdempotencyKey(START_KEY);

    assertThat(again.start(waitingPlan).id()).isEqualTo(waiting);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> again.start(otherPlan))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("idempotency-key-reused"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> client.start(waitingPlan))
        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("rollout-in-progress"));
    assertThat(controlStore()).isEqualTo(before);
  }
}
