package issuetracker.api;

import issuetracker.http.Failure;
import issuetracker.http.Response;
import issuetracker.http.Route;
import issuetracker.http.TenantRequest;
import issuetracker.issue.Team;
import issuetracker.store.Teams;
import java.util.List;

/// `/teams`.
public final class TeamEndpoints {
  private static final int MAX_NAME = 100;

  private final Transactions transactions;
  private final Teams teams;

  /// Endpoints over these teams.
  public TeamEndpoints(Transactions transactions, Teams teams) {
    this.transactions = transactions;
    this.teams = teams;
  }

  /// What to serve.
  public List<Route> routes() {
    return List.of(
        new Route.ForTenant("GET", "/teams", this::list),
        new Route.ForTenant("POST", "/teams", this::create),
        new Route.ForTenant("GET", "/teams/{id}", this::show),
        new Route.ForTenant("PUT", "/teams/{id}", this::rename),
        new Route.ForTenant("DELETE", "/teams/{id}", this::delete));
  }

  private Response list(TenantRequest request) {
    List<Team> found = transactions.run(request, teams::list);
    return Response.json(200, Views.list(request.tenant(), "teams", found, Views::team));
  }

  private Response create(TenantRequest request) {
    String name = name(request);
    Team team = transactions.run(request, session -> teams.create(session, name)).orElseThrow();
    return Response.json(201, Views.team(team));
  }

  private Response show(TenantRequest request) {
    Team team =
        transactions
            .run(request, session -> teams.find(session, request.id()))
            .orElseThrow(TeamEndpoints::unknown);
    return Response.json(200, Views.team(team));
  }

  private Response rename(TenantRequest request) {
    String name = name(request);
    Team team =
        transactions
            .run(request, session -> teams.rename(session, request.id(), name))
            .orElseThrow(TeamEndpoints::unknown);
    return Response.json(200, Views.team(team));
  }

  private Response delete(TenantRequest request) {
    if (!transactions.run(request, session -> teams.delete(session, request.id()))) {
      throw unknown();
    }
    return Response.noContent();
  }

  private static String name(TenantRequest request) {
    return new Fields(request.json(), List.of("name")).line("name", MAX_NAME);
  }

  private static Failure unknown() {
    return new Failure(404, "the tenant has no such team", "Use an id from GET /teams.");
  }
}
