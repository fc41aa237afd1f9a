package tranche.api.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tranche.api.HealthJson;
import tranche.api.VersionJson;
import tranche.api.fleet.FleetJson;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.api.fleet.TenantQuery;
import tranche.api.fleet.WhyJson;
import tranche.api.release.CreateRelease;
import tranche.api.release.ReleaseJson;
import tranche.api.release.ReleaseList;
import tranche.api.rollout.Approve;
import tranche.api.rollout.JournalPage;
import tranche.api.rollout.LeftOutPage;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.MovePage;
import tranche.api.rollout.PlanJson;
import tranche.api.rollout.PlanList;
import tranche.api.rollout.Reason;
import tranche.api.rollout.Retry;
import tranche.api.rollout.Revert;
import tranche.api.rollout.RolloutJson;
import tranche.api.rollout.RolloutList;
import tranche.api.rollout.StartRollout;

/// Asks a control plane. Safe for several threads.
///
/// Every method throws a [tranche.core.problem.ProblemException]: with a [ClientProblem] if the
/// control plane cannot be reached or understood, else with what the control plane said, as a
/// [tranche.core.problem.RecordedProblem]. A thread that is interrupted while it waits keeps its
/// interrupt flag and gets a [ClientProblem.ServerUnreachable].
public final class TrancheClient implements AutoCloseable {
  private final Transport transport;
  private final Optional<String> key;

  /// A client; connects when it is first asked.
  public TrancheClient(ClientSettings settings) {
    this(new Transport(settings), Optional.empty());
  }

  private TrancheClient(Transport transport, Optional<String> key) {
    this.transport = transport;
    this.key = key;
  }

  /// This client, sending that idempotency key (1 to 255 printable ASCII characters) with what it
  /// changes: for one request that may be sent again after its answer was lost. Without it each
  /// request has a random key. Shares the connection; only the original is to be closed.
  public TrancheClient withIdempotencyKey(String idempotencyKey) {
    return new TrancheClient(transport, Optional.of(idempotencyKey));
  }

  /// Whether anything answers; needs no token.
  public HealthJson health() {
    return transport.get("/healthz", HealthJson.class);
  }

  /// The server's version and whether it may act.
  public VersionJson version() {
    return transport.get("/version", VersionJson.class);
  }

  /// The fleet in numbers.
  public FleetJson fleet() {
    return transport.get("/fleet", FleetJson.class);
  }

  /// A page of tenants.
  public TenantPage tenants(TenantQuery query) {
    var parameters =
        new Query()
            .add("tier", query.tier())
            .add("region", query.region())
            .add("release", query.release())
            .add("model", query.model())
            .add("q", query.q())
            .add("limit", Optional.of(query.limit()))
            .add("cursor", query.cursor());
    return transport.get("/tenants" + parameters, TenantPage.class);
  }

  /// One tenant, with the schema versions of its stores as read now.
  public TenantJson tenant(String id) {
    return transport.get("/tenants/" + segment(id), TenantJson.class);
  }

  /// Why a tenant is where it is.
  public WhyJson why(String tenant) {
    return transport.get("/tenants/" + segment(tenant) + "/why", WhyJson.class);
  }

  /// Creates a release from a folder on the machine of the control plane.
  public ReleaseJson createRelease(Path folder) {
    String absolute = folder.toAbsolutePath().normalize().toString();
    return post("/releases", new CreateRelease(absolute), ReleaseJson.class);
  }

  /// All releases, oldest first.
  public List<ReleaseJson> releases() {
    return transport.get("/releases", ReleaseList.class).items();
  }

  /// One release.
  public ReleaseJson release(String id) {
    return transport.get("/releases/" + segment(id), ReleaseJson.class);
  }

  /// Makes and stores a plan.
  public PlanJson plan(MakePlan request) {
    return post("/plans", request, PlanJson.class);
  }

  /// The latest plans, newest first; 1 to 100.
  public List<PlanList.PlanEntry> plans(int limit) {
    return transport.get("/plans?limit=" + limit, PlanList.class).items();
  }

  /// The plan whose hash begins so.
  public PlanJson plan(String id) {
    return transport.get("/plans/" + segment(id), PlanJson.class);
  }

  /// A page of the tenants that a plan moves: of one tranche, or all.
  public MovePage planTenants(String plan, Optional<Integer> tranche, Optional<String> cursor) {
    var parameters = new Query().add("tranche", tranche).add("cursor", cursor);
    return transport.get("/plans/" + segment(plan) + "/tenants" + parameters, MovePage.class);
  }

  /// A page of the tenants that a plan leaves out.
  public LeftOutPage planLeftOut(String plan, Optional<String> cursor) {
    var parameters = new Query().add("cursor", cursor);
    return transport.get("/plans/" + segment(plan) + "/left-out" + parameters, LeftOutPage.class);
  }

  /// Starts exactly that plan.
  public RolloutJson start(String plan) {
    return post("/rollouts", new StartRollout(plan), RolloutJson.class);
  }

  /// The latest rollouts, newest first; 1 to 100.
  public List<RolloutJson> rollouts(int limit) {
    return transport.get("/rollouts?limit=" + limit, RolloutList.class).items();
  }

  /// A rollout as it is now.
  public RolloutJson rollout(String id) {
    return transport.get(path(id, ""), RolloutJson.class);
  }

  /// Opens a gate.
  public RolloutJson approve(String rollout, Approve what) {
    return post(path(rollout, "/approve"), what, RolloutJson.class);
  }

  /// Lets nothing new begin.
  public RolloutJson pause(String rollout, String reason) {
    return post(path(rollout, "/pause"), new Reason(reason), RolloutJson.class);
  }

  /// Goes on after a pause.
  public RolloutJson resume(String rollout) {
    return transport.post(path(rollout, "/resume"), Optional.empty(), key, RolloutJson.class);
  }

  /// Tries again: these tenants, or all that failed if the list is empty.
  public RolloutJson retry(String rollout, List<String> tenants) {
    return post(path(rollout, "/retry"), new Retry(tenants), RolloutJson.class);
  }

  /// Ends the rollout; tenants stay where they are.
  public RolloutJson cancel(String rollout, String reason) {
    return post(path(rollout, "/cancel"), new Reason(reason), RolloutJson.class);
  }

  /// Takes back: these tenants, or all if the list is empty.
  public RolloutJson revert(String rollout, List<String> tenants, String reason) {
    return post(path(rollout, "/revert"), new Revert(tenants, reason), RolloutJson.class);
  }

  /// Why a tenant of a rollout, or the whole rollout, is where it is.
  public WhyJson explain(String rollout, Optional<String> tenant) {
    return transport.get(
        path(rollout, "/explain") + new Query().add("tenant", tenant), WhyJson.class);
  }

  /// The journal of a rollout after a sequence number; 1 to 1,000 entries.
  public JournalPage journal(String rollout, long after, int limit) {
    var parameters = new Query().add("after", Optional.of(after)).add("limit", Optional.of(limit));
    return transport.get(path(rollout, "/journal") + parameters, JournalPage.class);
  }

  /// Follows the journal of all rollouts: hands every entry after a sequence number to the
  /// consumer, each once and in order, until the consumer says stop. Connects again by itself when
  /// the connection breaks, waiting longer from attempt to attempt, 5 s at most.
  ///
  /// @throws InterruptedException if the thread is interrupted: the way to stop from outside
  /// @throws tranche.core.problem.ProblemException if the first connection fails, or the control
  ///   plane refuses
  public void events(long after, EventConsumer consumer) throws InterruptedException {
    new EventStream(transport, consumer).follow(after);
  }

  private <T> T post(String path, Object body, Class<T> answer) {
    return transport.post(path, Optional.of(body), key, answer);
  }

  private static String path(String rollout, String rest) {
    return "/rollouts/" + segment(rollout) + rest;
  }

  private static String segment(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Closes the connections; requests under way fail.
  @Override
  public void close() {
    transport.close();
  }

  private static final class Query {
    private final StringBuilder text = new StringBuilder();

    Query add(String name, Optional<?> value) {
      value.ifPresent(v ->
          text.append(text.isEmpty() ? '?' : '&').append(name).append('=').append(encode(v + "")));
      return this;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
