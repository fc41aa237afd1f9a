package tranche.server.rollout;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.api.rollout.Approve;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.JournalPage;
import tranche.api.rollout.Reason;
import tranche.api.rollout.Retry;
import tranche.api.rollout.Revert;
import tranche.api.rollout.RolloutJson;
import tranche.api.rollout.RolloutList;
import tranche.api.rollout.StartRollout;
import tranche.core.fleet.TenantId;
import tranche.core.rollout.RolloutId;
import tranche.engine.control.Command;
import tranche.engine.control.ControlPlane;
import tranche.engine.rollout.ServiceProblem;
import tranche.server.event.EventWords;
import tranche.server.fleet.FleetRoutes;
import tranche.server.fleet.TenantWords;
import tranche.server.http.Ask;
import tranche.server.http.RequestProblem;
import tranche.server.http.Routes;

/// Rollouts: starting, watching, and what a person can ask of one.
public final class RolloutRoutes {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int DEFAULT_LIMIT = 20;
  private static final int LIMIT = 100;
  private static final int DEFAULT_ENTRIES = 100;
  private static final int ENTRIES = 1_000;
  private static final int TENANTS = 10_000;
  private static final int REASON_LIMIT = 1_000;

  private final ControlPlane plane;

  /// What a request without members has to say: nothing.
  record Nothing() {}

  /// Routes that ask that control plane.
  public RolloutRoutes(ControlPlane plane) {
    this.plane = plane;
  }

  /// Declares them.
  public void register(Routes routes) {
    routes.post("/rollouts", CREATED, StartRollout.class, this::start);
    routes.get("/rollouts", Set.of("limit"), this::rollouts);
    routes.get("/rollouts/{rollout}", Set.of(), ask -> RolloutWords.of(plane.rollout(id(ask))));
    routes.get("/rollouts/{rollout}/explain", Set.of("tenant"), this::explain);
    routes.get("/rollouts/{rollout}/journal", Set.of("after", "limit"), this::journal);
    commands(routes);
  }

  private void commands(Routes routes) {
    String rollout = "/rollouts/{rollout}";
    routes.post(
        rollout + "/approve",
        OK,
        Approve.class,
        (ask, body) -> command(ask, new Command.Approve(subject(body))));
    routes.post(
        rollout + "/pause",
        OK,
        Reason.class,
        (ask, body) -> command(ask, new Command.Pause(reason(body.reason()))));
    routes.post(
        rollout + "/resume", OK, Nothing.class, (ask, _) -> command(ask, new Command.Resume()));
    routes.post(
        rollout + "/retry",
        OK,
        Retry.class,
        (ask, body) -> command(ask, new Command.Retry(tenants(body.tenants()))));
    routes.post(
        rollout + "/cancel",
        OK,
        Reason.class,
        (ask, body) -> command(ask, new Command.Cancel(reason(body.reason()))));
    routes.post(
        rollout + "/revert",
        OK,
        Revert.class,
        (ask, body) ->
            command(ask, new Command.Revert(tenants(body.tenants()), reason(body.reason()))));
  }

  private static RolloutId id(Ask ask) {
    String text = ask.path("rollout");
    if (!RolloutId.isWellFormed(text)) {
      throw new ServiceProblem.UnknownRollout(RequestProblem.shown(text)).exception();
    }
    return new RolloutId(text);
  }

  private RolloutJson start(Ask ask, StartRollout body) {
    return RolloutWords.of(plane.start(PlanRoutes.prefix(body.plan()), ask.by()));
  }

  private RolloutList rollouts(Ask ask) {
    return new RolloutList(
        plane.rollouts(ask.limit(DEFAULT_LIMIT, LIMIT)).stream().map(RolloutWords::of).toList());
  }

  private RolloutJson command(Ask ask, Command command) {
    return RolloutWords.of(plane.command(id(ask), command, ask.by()));
  }

  private Object explain(Ask ask) {
    Optional<TenantId> tenant = ask.query("tenant").map(FleetRoutes::id);
    return TenantWords.of(plane.explain(id(ask), tenant));
  }

  private JournalPage journal(Ask ask) {
    RolloutId rollout = id(ask);
    long after = ask.after();
    int limit = ask.limit(DEFAULT_ENTRIES, ENTRIES);
    // Also the refusal of a rollout that is not there.
    RolloutId known = new RolloutId(plane.rollout(rollout).id());
    List<EventJson> entries =
        plane.journal(known, after, limit + 1).stream().map(EventWords::of).toList();
    boolean isMore = entries.size() > limit;
    List<EventJson> items = isMore ? entries.subList(0, limit) : entries;
    return new JournalPage(items, items.isEmpty() ? after : items.getLast().seq(), isMore);
  }

  private static String subject(Approve what) {
    boolean isContract = what.contract().orElse(false);
    if (isContract == what.tranche().isPresent()) {
      throw new RequestProblem.ValueNotAllowed(
              "the approval", "", "exactly one of `tranche` with its number and `contract: true`")
          .exception();
    }
    return isContract ? "contract" : "tranche " + what.tranche().orElseThrow();
  }

  private static String reason(String text) {
    boolean hasControl = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n');
    if (text.isBlank() || text.length() > REASON_LIMIT || hasControl) {
      throw new RequestProblem.ValueNotAllowed(
              "reason", text, "1 to " + REASON_LIMIT + " characters without control characters")
          .exception();
    }
    return text.strip();
  }

  private static List<TenantId> tenants(List<String> ids) {
    if (ids.size() > TENANTS) {
      throw new RequestProblem.ValueNotAllowed(
              "tenants", ids.size() + " ids", "at most " + TENANTS + " ids")
          .exception();
    }
    return ids.stream().map(FleetRoutes::id).distinct().toList();
  }
}
