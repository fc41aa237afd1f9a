package tranche.server.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tranche.api.rollout.LeftOutPage;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.MovePage;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.PlanList;
import tranche.core.policy.Cohort;
import tranche.core.release.ReleaseId;
import tranche.core.rollout.Batch;
import tranche.core.rollout.Move;
import tranche.core.rollout.Plan;
import tranche.core.rollout.PlannedTranche;
import tranche.engine.control.ControlPlane;
import tranche.engine.control.PlanRequest;
import tranche.engine.rollout.RolloutStore.StoredPlan;
import tranche.engine.rollout.ServiceProblem;
import tranche.server.http.Ask;
import tranche.server.http.RequestProblem;
import tranche.server.http.Routes;
import tranche.server.http.Slice;
import tranche.server.release.ReleaseRoutes;

/// Plans.
public final class PlanRoutes {
  private static final int CREATED = 201;
  private static final int DEFAULT_LIMIT = 20;
  private static final int LIMIT = 100;
  private static final int PATTERNS = 1_000;
  private static final long STARS = 3;
  private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{7,64}");
  private static final Pattern TENANTS = Pattern.compile("[a-z0-9_*-]{1,63}");
  private static final Pattern WORD = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  private final ControlPlane plane;

  /// Routes that ask that control plane.
  public PlanRoutes(ControlPlane plane) {
    this.plane = plane;
  }

  /// Declares them.
  public void register(Routes routes) {
    routes.post("/plans", CREATED, MakePlan.class, (_, body) -> make(body));
    routes.get("/plans", Set.of("limit"), this::plans);
    routes.get("/plans/{plan}", Set.of(), ask -> json(plan(ask)));
    routes.get("/plans/{plan}/tenants", Set.of("tranche", "limit", "cursor"), this::tenants);
    routes.get("/plans/{plan}/left-out", Set.of("limit", "cursor"), this::leftOut);
  }

  /// The plan's name as a request gives it.
  ///
  /// @throws tranche.core.problem.ProblemException [ServiceProblem.UnknownPlan] if it cannot be one
  static String prefix(String text) {
    if (!PREFIX.matcher(text).matches()) {
      throw new ServiceProblem.UnknownPlan(RequestProblem.shown(text)).exception();
    }
    return text;
  }

  private PlanJson make(MakePlan request) {
    requireEach("tiers", request.tiers(), WORD);
    requireEach("regions", request.regions(), WORD);
    requireEach("tenants", request.tenants(), TENANTS);
    requireFewStars(request.tenants());
    Cohort only = new Cohort(request.tiers(), request.regions(), request.tenants(), 1);
    return json(plane.plan(new PlanRequest(ReleaseRoutes.id(request.to()), only)));
  }

  private static void requireEach(String name, List<String> values, Pattern form) {
    if (values.size() > PATTERNS) {
      throw notAllowed(name, values.size() + " values", "at most " + PATTERNS + " values");
    }
    for (String value : values) {
      if (!form.matcher(value).matches()) {
        throw notAllowed(name, value, "values of the form " + form);
      }
    }
  }

  /// Each star multiplies the ways in which a pattern can be tried against an id.
  private static void requireFewStars(List<String> patterns) {
    for (String pattern : patterns) {
      if (pattern.chars().filter(c -> c == '*').count() > STARS) {
        throw notAllowed("tenants", pattern, "at most " + STARS + " stars in a pattern");
      }
    }
  }

  private static RuntimeException notAllowed(String name, String value, String allowed) {
    return new RequestProblem.ValueNotAllowed(name, value, allowed).exception();
  }

  private Plan plan(Ask ask) {
    return plane.plan(prefix(ask.path("plan")));
  }

  private PlanJson json(Plan plan) {
    return PlanWords.of(plan, plane.fleet());
  }

  private PlanList plans(Ask ask) {
    List<StoredPlan> plans = plane.plans(ask.limit(DEFAULT_LIMIT, LIMIT));
    return new PlanList(plans.stream().map(PlanRoutes::entry).toList());
  }

  private static PlanList.PlanEntry entry(StoredPlan stored) {
    Plan plan = stored.plan();
    return new PlanList.PlanEntry(
        plan.id(), plan.hash(), plan.to().value(), plan.size(), plan.leftOut().size(), stored.at());
  }

  private MovePage tenants(Ask ask) {
    Optional<Long> tranche = ask.number("tranche", 1, 1_000_000);
    List<MovePage.MoveJson> moves = new ArrayList<>();
    for (PlannedTranche t : plan(ask).tranches()) {
      if (tranche.isEmpty() || tranche.get() == t.number()) {
        t.batches().forEach(b -> b.moves().forEach(m -> moves.add(json(t, b, m))));
      }
    }
    var page = Slice.of(moves, ask);
    return new MovePage(page.items(), page.total(), page.next());
  }

  private static MovePage.MoveJson json(PlannedTranche tranche, Batch batch, Move move) {
    return new MovePage.MoveJson(
        move.tenant().value(),
        tranche.number(),
        batch.id().toString(),
        move.from().map(ReleaseId::value),
        move.cell().value(),
        move.stores().stream().map(Object::toString).toList());
  }

  private LeftOutPage leftOut(Ask ask) {
    var page = Slice.of(PlanWords.leftOut(plan(ask)), ask);
    return new LeftOutPage(page.items(), page.total(), page.next());
  }
}
