package issuetracker.api;

import issuetracker.http.Response;
import issuetracker.http.Route;
import issuetracker.http.TenantRequest;
import issuetracker.issue.User;
import issuetracker.store.Teams;
import issuetracker.store.Users;
import java.util.List;
import java.util.UUID;

/// `/users`.
public final class UserEndpoints {
  private static final int MAX_HANDLE = 50;
  private static final int MAX_NAME = 200;

  private final Transactions transactions;
  private final Users users;
  private final Teams teams;

  /// Endpoints over these users, who may be in these teams.
  public UserEndpoints(Transactions transactions, Users users, Teams teams) {
    this.transactions = transactions;
    this.users = users;
    this.teams = teams;
  }

  /// What to serve.
  public List<Route> routes() {
    return List.of(
        new Route.ForTenant("GET", "/users", this::list),
        new Route.ForTenant("POST", "/users", this::create));
  }

  private Response list(TenantRequest request) {
    List<User> found = transactions.run(request, users::list);
    return Response.json(200, Views.list(request.tenant(), "users", found, Views::user));
  }

  private Response create(TenantRequest request) {
    Fields fields = new Fields(request.json(), List.of("handle", "name", "team_id"));
    User wanted =
        new User(
            request.tenant(),
            UUID.randomUUID(),
            fields.line("handle", MAX_HANDLE),
            fields.line("name", MAX_NAME),
            fields.uuid("team_id"));
    User created =
        transactions
            .run(
                request,
                session -> {
                  TeamCheck.require(teams, session, wanted.team());
                  return users.create(session, wanted);
                })
            .orElseThrow();
    return Response.json(201, Views.user(created));
  }
}
