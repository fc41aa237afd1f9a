package tranche.e2e.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tranche.api.client.TrancheClient;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.api.fleet.TenantQuery;
import tranche.api.rollout.Approve;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.JournalPage;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.RolloutJson;

/// Starts rollouts and waits for what becomes of them.
public final class Rollouts {
  private static final Duration STATE_MAX = Duration.ofMinutes(3);
  private static final int PAGE = 1_000;

  private final TrancheClient client;

  /// Rollouts of that control plane.
  public Rollouts(TrancheClient client) {
    this.client = client;
  }

  /// Plans for everybody and starts that.
  public String start(String release) {
    PlanJson plan = client.plan(new MakePlan(release, List.of(), List.of(), List.of()));
    return client.start(plan.id()).id();
  }

  /// Brings everybody to a release, contract included, and returns the rollout.
  public String complete(String release) {
    String id = start(release);
    finish(id);
    return id;
  }

  /// Approves whatever is asked for until the rollout is done.
  public void finish(String id) {
    RolloutJson rollout = await(id, r -> r.over() || isAtContractGate(r));
    if (!rollout.over()) {
      client.approve(id, Approve.ofContract());
    }
    awaitPhase(id, "done");
  }

  /// Waits until everybody has moved and only the approval for contract is missing.
  public void awaitContractGate(String id) {
    await(id, Rollouts::isAtContractGate);
  }

  /// Whether only the approval for contract is missing.
  public static boolean isAtContractGate(RolloutJson rollout) {
    return rollout
        .hold()
        .filter(h -> h.code().equals("approval") && h.what().startsWith("contract"))
        .isPresent();
  }

  /// Waits until the rollout has that phase.
  public RolloutJson awaitPhase(String id, String phase) {
    return await(id, r -> r.phase().equals(phase));
  }

  /// Waits until the rollout is as wanted; a rollout that halts or ends otherwise is an error.
  public RolloutJson await(String id, Predicate<RolloutJson> wanted) {
    return Awaitility.await(id)
        .atMost(STATE_MAX)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              RolloutJson rollout = client.rollout(id);
              if (!wanted.test(rollout) && (rollout.over() || rollout.halted().isPresent())) {
                throw new AssertionError("it became something else: " + rollout);
              }
              return rollout;
            },
            wanted);
  }

  /// The journal of a rollout, oldest first.
  public List<EventJson> journal(String id) {
    List<EventJson> all = new ArrayList<>();
    JournalPage page = client.journal(id, 0, PAGE);
    while (!page.items().isEmpty()) {
      all.addAll(page.items());
      page = client.journal(id, page.items().getLast().seq(), PAGE);
    }
    return all;
  }

  /// Which release each tenant runs; the empty text for none.
  public Map<String, String> ledger() {
    TenantQuery all = TenantQuery.all();
    TenantPage page =
        client.tenants(
            new TenantQuery(
                all.tier(), all.region(), all.release(), all.model(), all.q(), PAGE, all.cursor()));
    if (page.next().isPresent()) {
      throw new AssertionError("more than " + PAGE + " tenants");
    }
    Map<String, String> releases = new TreeMap<>();
    for (TenantJson tenant : page.items()) {
      releases.put(tenant.id(), tenant.release().orElse(""));
    }
    return releases;
  }

  /// Tenants in quarantine.
  public List<String> failed(String id) {
    return client.rollout(id).failed().items().stream()
        .map(RolloutJson.FailedTenant::tenant)
        .toList();
  }

  /// Why it waits, if it does.
  public Optional<RolloutJson.HoldJson> hold(String id) {
    return client.rollout(id).hold();
  }
}
