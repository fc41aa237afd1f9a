package tranche.app.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tranche.api.client.ClientSettings;
import tranche.api.client.TrancheClient;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.api.fleet.TenantQuery;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.MovePage;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.LedgerTable;
import tranche.app.cli.render.PlanTable;
import tranche.core.secret.Secret;

/// What happens in the demo, told while it happens, with every claim checked at the end.
final class Story {
  private static final String BASE = "2026.10";
  private static final String GOOD = "2026.11";
  private static final String BAD = "2026.12";
  private static final int ISSUES_PER_TENANT = 2;

  private final Stage stage;
  private final Narrator narrator;
  private final Claims claims = new Claims();

  Story(Stage stage, Narrator narrator) {
    this.stage = stage;
    this.narrator = narrator;
  }

  /// Tells the story.
  ///
  /// @return whether every claim held
  boolean tell() throws Exception {
    narrator.at("Tranche demo · everything stays on this machine");
    List<String> front = new ArrayList<>();
    URI server =
        stage.startControlPlane(line -> {
          narrator.at("✔ " + line);
          if (line.startsWith("gateway")) {
            front.add(line.split("\\s+", -1)[1]);
          }
        });
    Secret token = Secret.of(Files.readString(stage.data().resolve("token")).strip());
    ClientSettings settings =
        new ClientSettings(server, token, "demo", ClientSettings.DEFAULT_TIMEOUT);
    try (TrancheClient client = new TrancheClient(settings)) {
      tell(client, URI.create(front.getFirst()));
    }
    return claims.print(narrator);
  }

  private void tell(TrancheClient client, URI front) throws Exception {
    Rollouts rollouts = new Rollouts(client, narrator);
    for (String version : List.of(BASE, GOOD, BAD)) {
      client.createRelease(stage.release(version));
    }
    install(client, rollouts);
    Path tenants = tenantFile(client);
    stage.seed(front, tenants, ISSUES_PER_TENANT);
    narrator.at(
        "✔ load     %,d issues written; a load generator follows"
            .formatted(client.fleet().tenants() * ISSUES_PER_TENANT));
    good(client, rollouts, front, tenants);
    bad(client, rollouts, front, tenants);
    whereNext(rollouts);
  }

  private void install(TrancheClient client, Rollouts rollouts) throws InterruptedException {
    PlanJson plan = client.plan(everybody(BASE));
    RolloutJson end = rollouts.run(plan, Rollouts.Telling.BRIEF);
    if (!end.phase().equals("done")) {
      throw new DemoProblem.StoryBroken("the installation of " + BASE + " ended " + end.phase())
          .exception();
    }
    narrator.at(
        "✔ %s runs for %,d tenants on %,d stores in %,d cells"
            .formatted(BASE, plan.tenants(), client.fleet().stores(), client.fleet().cells()));
  }

  private void good(TrancheClient client, Rollouts rollouts, URI front, Path tenants)
      throws Exception {
    PlanJson plan = client.plan(everybody(GOOD));
    Load load = stage.startLoad("good", front, tenants, busy(client, plan));
    show(plan);
    claims.measure("first tranche moving", narrator.elapsed(), Duration.ofSeconds(30));
    RolloutJson end = rollouts.run(plan, Rollouts.Telling.FULL);
    Load.Count count = load.end();
    say(count);
    Map<String, Map<String, Long>> ledger = ledger(client);
    narrator.at("  ledger");
    narrator.block(LedgerTable.lines(ledger, narrator.look()));
    long moved = total(ledger, GOOD);
    if (!end.phase().equals("done")) {
      throw new DemoProblem.StoryBroken("the rollout of " + GOOD + " ended " + end.phase())
          .exception();
    }
    claims.check(
        "%,d tenants on %s".formatted(plan.tenants(), GOOD),
        moved == plan.tenants(),
        moved + " are; left out: " + leftOut(plan));
    claims.check(
        "0 failed requests of %,d in the %s rollout".formatted(count.sent(), GOOD),
        count.failed() == 0 && count.sent() > 1_000,
        count.failed() + " " + count.failedByCause());
    claims.check(
        "0 responses for the wrong tenant in it",
        count.wrongTenant() == 0,
        String.valueOf(count.wrongTenant()));
  }

  private void bad(TrancheClient client, Rollouts rollouts, URI front, Path tenants)
      throws Exception {
    PlanJson plan = client.plan(everybody(BAD));
    narrator.at("  next release: %s, plan %s".formatted(BAD, plan.id()));
    Load load = stage.startLoad("bad", front, tenants, busy(client, plan));
    RolloutJson end = rollouts.run(plan, Rollouts.Telling.FULL);
    Load.Count count = load.end();
    say(count);
    Map<String, Map<String, Long>> ledger = ledger(client);
    claims.check(
        BAD + " was halted and reverted by itself", end.phase().equals("reverted"), end.phase());
    claims.check(
        "%s serves nobody any more".formatted(BAD),
        total(ledger, BAD) == 0 && total(ledger, GOOD) == client.fleet().tenants(),
        ledger.toString());
    claims.check(
        "0 responses for the wrong tenant",
        count.wrongTenant() == 0,
        String.valueOf(count.wrongTenant()));
    long other = count.failed() - count.failedByRelease().getOrDefault(BAD, 0L);
    claims.check(
        "requests failed only by the defect of " + BAD,
        other == 0,
        count.failedByCause() + " " + count.failedByRelease());
    Optional<Duration> revert = rollouts.timeToRevert(end.id());
    claims.check("time to revert is known", revert.isPresent(), "no halt in the journal");
    revert.ifPresent(time ->
        claims.tell(
            ("halted in tranche %s; time to revert, from the halt to the last tenant back: %s s;"
                    + " %d requests failed meanwhile")
                .formatted(rollouts.haltedIn(end), seconds(time), count.failed())));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  private void show(PlanJson plan) {
    narrator.at("  tranche plan --to " + plan.to());
    narrator.block(PlanTable.lines(plan, narrator.look()));
  }

  private void say(Load.Count count) {
    narrator.at(
        String.format(
            Locale.ROOT,
            "  load: %,d requests sent, %,d failed, %,d for the wrong tenant, p95 %.0f ms, by"
                + " release %s",
            count.sent(),
            count.failed(),
            count.wrongTenant(),
            count.p95Millis(),
            count.byRelease()));
  }

  private void whereNext(Rollouts rollouts) {
    rollouts
        .last()
        .ifPresent(id ->
            claims.next(
                List.of(
                    "tranche rollout show " + id,
                    "tranche rollout explain " + id,
                    "tranche rollout journal " + id,
                    "tranche tenant list -l tier=platinum",
                    "tranche fleet show")));
  }

  private static MakePlan everybody(String release) {
    return new MakePlan(release, List.of(), List.of(), List.of());
  }

  private static String leftOut(PlanJson plan) {
    return plan.leftOut().count() == 0
        ? "nobody"
        : plan.leftOut().items().stream().map(PlanJson.LeftOutTenant::tenant).toList().toString();
  }

  private Path tenantFile(TrancheClient client) throws IOException {
    List<String> ids = new ArrayList<>();
    each(client, tenant -> ids.add(tenant.id()));
    Path file = stage.data().resolve("tenants.txt");
    return Files.write(file, ids);
  }

  /// The tenants of the first two tranches: so many requests go to them that a verdict on them does
  /// not take long.
  private Path busy(TrancheClient client, PlanJson plan) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int tranche = 1; tranche <= 2; tranche++) {
      client.planTenants(plan.id(), Optional.of(tranche), Optional.empty()).items().stream()
          .map(MovePage.MoveJson::tenant)
          .forEach(ids::add);
    }
    return Files.write(stage.data().resolve("busy-" + plan.to() + ".txt"), ids);
  }

  private static Map<String, Map<String, Long>> ledger(TrancheClient client) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    each(
        client,
        tenant ->
            counts
                .computeIfAbsent(tenant.tier(), _ -> new TreeMap<>())
                .merge(tenant.release().orElse(""), 1L, Long::sum));
    return counts;
  }

  private static long total(Map<String, Map<String, Long>> ledger, String release) {
    return ledger.values().stream().mapToLong(r -> r.getOrDefault(release, 0L)).sum();
  }

  private static void each(TrancheClient client, java.util.function.Consumer<TenantJson> consumer) {
    TenantQuery all = TenantQuery.all();
    TenantQuery query =
        new TenantQuery(
            all.tier(), all.region(), all.release(), all.model(), all.q(), 1_000, all.cursor());
    Optional<String> next;
    do {
      TenantPage page = client.tenants(query);
      page.items().forEach(consumer);
      next = page.next();
      query = next.map(query::at).orElse(query);
    } while (next.isPresent());
  }
}
