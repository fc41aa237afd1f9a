package tranche.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.MovePage;
import tranche.api.rollout.MovePage.MoveJson;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.PlanList.PlanEntry;
import tranche.app.cli.render.Look;
import tranche.app.cli.render.PlanTable;

/// `tranche plan`.
@Command(
    name = "plan",
    description = "Show what would move, in which order, behind which gates. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  tranche plan --to 2026.11",
      "  tranche plan --to 2026.11 -l tier=basic,region=eu-* --show=tenants"
    })
final class PlanCommand implements Callable<Integer> {
  private static final Set<String> KEYS = Set.of("tier", "region", "tenant");

  private final Surroundings surroundings;

  @Mixin private Shared shared = new Shared();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--to", paramLabel = "RELEASE", description = "The release to move to.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "KEY=VALUE,...",
      description = "Only these tenants: tier=, region=, tenant=; * stands for any characters.")
  private List<String> selectors = List.of();

  @Option(names = "--tenant", paramLabel = "ID", description = "Only this tenant; may be repeated.")
  private List<String> tenants = List.of();

  @Option(
      names = "--show",
      paramLabel = "WHAT",
      description = "${COMPLETION-CANDIDATES}: one line per tenant below the table.")
  private Optional<Show> show = Optional.empty();

  @Option(
      names = "--detailed-exitcode",
      description = "Exit with 20 instead of 0 if there is something to move.")
  private boolean isDetailed;

  /// What else to show.
  enum Show {
    TENANTS;

    @Override
    public String toString() {
      return "tenants";
    }
  }

  PlanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    String release =
        to.orElseThrow(() ->
            new ParameterException(spec.commandLine(), "Missing required option: '--to=RELEASE'"));
    Selector selector = Selector.parse(selectors, KEYS);
    try (Session session = Session.open(surroundings, shared)) {
      PlanJson plan = session.client().plan(request(session, release, selector));
      print(session, plan);
      return isDetailed && plan.tenants() > 0 ? ExitCode.CHANGES : ExitCode.OK;
    }
  }

  private MakePlan request(Session session, String release, Selector selector) {
    boolean needsFleet = selector.hasPattern("tier") || selector.hasPattern("region");
    Set<String> tiers = needsFleet ? session.client().fleet().byTier().keySet() : Set.of();
    Set<String> regions = needsFleet ? session.client().fleet().byRegion().keySet() : Set.of();
    List<String> named = new ArrayList<>(tenants);
    named.addAll(selector.all("tenant"));
    return new MakePlan(
        release, selector.expanded("tier", tiers), selector.expanded("region", regions), named);
  }

  private void print(Session session, PlanJson plan) {
    session.print(
        Answer.one("plan", plan, plan.id(), look -> text(session, plan, look))
            .then(PlanTable.next(plan)));
  }

  private List<String> text(Session session, PlanJson plan, Look look) {
    boolean isWide = session.shared().format() == Format.WIDE;
    List<String> lines =
        new ArrayList<>(isWide ? PlanTable.wide(plan, look) : PlanTable.lines(plan, look));
    if (show.isPresent()) {
      lines.add("");
      lines.addAll(PlanTable.tenants(moves(session, plan), look));
    }
    return lines;
  }

  private static List<MoveJson> moves(Session session, PlanJson plan) {
    List<MoveJson> moves = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      MovePage page = session.client().planTenants(plan.id(), Optional.empty(), cursor);
      moves.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent() && moves.size() < plan.tenants());
    return moves;
  }

  @Command(name = "list", aliases = "ls", description = "List the latest plans.")
  int list(@Mixin Shared options) {
    try (Session session = Session.open(surroundings, options)) {
      List<PlanEntry> plans = session.client().plans(Limits.LISTED);
      return session.print(
          Answer.list("plan-list", plans, PlanEntry::id, look -> PlanTable.list(plans, look)));
    }
  }

  @Command(name = "show", description = "Show a plan again.")
  int show(
      @Mixin Shared options,
      @Parameters(paramLabel = "PLAN", description = "Id, or the beginning of the hash.")
          String id) {
    try (Session session = Session.open(surroundings, options)) {
      PlanJson plan = session.client().plan(id);
      print(session, plan);
      return ExitCode.OK;
    }
  }
}
