package issuetracker.api;

import issuetracker.http.Failure;
import issuetracker.http.Response;
import issuetracker.http.Route;
import issuetracker.http.TenantRequest;
import issuetracker.issue.Issue;
import issuetracker.issue.IssueChange;
import issuetracker.issue.IssueFilter;
import issuetracker.issue.Priority;
import issuetracker.issue.Status;
import issuetracker.release.CreationFault;
import issuetracker.store.Issues;
import issuetracker.store.Session;
import issuetracker.store.Teams;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// `/issues`. Creating with an id of the caller's own is idempotent: the same request again answers
/// 200 with the issue that is there.
public final class IssueEndpoints {
  private static final int MAX_TITLE = 200;
  private static final int MAX_BODY = 20_000;
  private static final List<String> CONTENT =
      List.of("team_id", "title", "body", "status", "priority");
  private static final List<String> CREATION =
      List.of("id", "team_id", "title", "body", "status", "priority");
  private static final Set<String> FILTERS = Set.of("status", "priority", "limit");

  private final Transactions transactions;
  private final Issues issues;
  private final Teams teams;
  private final CreationFault fault;

  /// Endpoints over these issues, which may belong to these teams, with the release's defect.
  public IssueEndpoints(
      Transactions transactions, Issues issues, Teams teams, CreationFault fault) {
    this.transactions = transactions;
    this.issues = issues;
    this.teams = teams;
    this.fault = fault;
  }

  /// What to serve.
  public List<Route> routes() {
    return List.of(
        new Route.ForTenant("GET", "/issues", this::list),
        new Route.ForTenant("POST", "/issues", this::create),
        new Route.ForTenant("GET", "/issues/{id}", this::show),
        new Route.ForTenant("PATCH", "/issues/{id}", this::change),
        new Route.ForTenant("DELETE", "/issues/{id}", this::delete));
  }

  static Failure unknown() {
    return new Failure(404, "the tenant has no such issue", "Use an id from GET /issues.");
  }

  private Response list(TenantRequest request) {
    IssueFilter filter = filter(request);
    List<Issue> found = transactions.run(request, session -> issues.list(session, filter));
    return Response.json(200, Views.list(request.tenant(), "issues", found, Views::issue));
  }

  private Response create(TenantRequest request) {
    if (fault.strikes()) {
      throw new Failure(500, "creating the issue failed", "Try again.");
    }
    Fields fields = new Fields(request.json(), CREATION);
    UUID id = fields.uuid("id").orElseGet(UUID::randomUUID);
    Issue.Content content = content(fields);
    Created created = transactions.run(request, session -> createOnce(session, id, content));
    return Response.json(created.isNew() ? 201 : 200, Views.issue(created.issue()));
  }

  private Created createOnce(Session session, UUID id, Issue.Content content) throws SQLException {
    TeamCheck.require(teams, session, content.team());
    Optional<Issue> created = issues.create(session, id, content);
    if (created.isPresent()) {
      return new Created(created.get(), true);
    }
    return issues
        .findCreated(session, id, content)
        .map(existing -> new Created(existing, false))
        .orElseThrow(() ->
            new Failure(
                409,
                "an issue with this id and another content exists",
                "Use a new id, or PATCH the existing issue."));
  }

  private Response show(TenantRequest request) {
    Issue issue =
        transactions
            .run(request, session -> issues.find(session, request.id()))
            .orElseThrow(IssueEndpoints::unknown);
    return Response.json(200, Views.issue(issue));
  }

  private Response change(TenantRequest request) {
    IssueChange change = change(new Fields(request.json(), CONTENT));
    Issue changed =
        transactions
            .run(
                request,
                session -> {
                  TeamCheck.require(teams, session, change.team().flatMap(team -> team));
                  return issues.change(session, request.id(), change);
                })
            .orElseThrow(IssueEndpoints::unknown);
    return Response.json(200, Views.issue(changed));
  }

  private Response delete(TenantRequest request) {
    if (!transactions.run(request, session -> issues.delete(session, request.id()))) {
      throw unknown();
    }
    return Response.noContent();
  }

  private static Issue.Content content(Fields fields) {
    return new Issue.Content(
        fields.uuid("team_id"),
        fields.line("title", MAX_TITLE),
        fields.text("body", MAX_BODY).orElse(""),
        fields.word("status", Status.class).orElse(Status.OPEN),
        fields.word("priority", Priority.class).orElse(Priority.NORMAL));
  }

  private static IssueChange change(Fields fields) {
    if (CONTENT.stream().noneMatch(fields::has)) {
      throw Fields.refused("nothing is to be changed", "Give at least one field.");
    }
    return new IssueChange(
        fields.has("team_id") ? Optional.of(fields.uuid("team_id")) : Optional.empty(),
        fields.has("title") ? Optional.of(fields.line("title", MAX_TITLE)) : Optional.empty(),
        fields.given("body", name -> fields.text(name, MAX_BODY)),
        fields.given("status", name -> fields.word(name, Status.class)),
        fields.given("priority", name -> fields.word(name, Priority.class)));
  }

  private static IssueFilter filter(TenantRequest request) {
    if (!FILTERS.containsAll(request.query().keySet())) {
      throw Fields.refused(
          "there is no query parameter of that name", "Use status, priority or limit.");
    }
    return new IssueFilter(
        query(request, "status").map(word -> Fields.word("status", Status.class, word)),
        query(request, "priority").map(word -> Fields.word("priority", Priority.class, word)),
        query(request, "limit").map(IssueEndpoints::limit).orElse(50));
  }

  private static Optional<String> query(TenantRequest request, String name) {
    return Optional.ofNullable(request.query().get(name));
  }

  private static int limit(String text) {
    if (!text.matches("[1-9][0-9]?|100")) {
      throw Fields.refused("\"limit\" is not between 1 and 100", "Use a number from 1 to 100.");
    }
    return Integer.parseInt(text);
  }

  private record Created(Issue issue, boolean isNew) {}
}
