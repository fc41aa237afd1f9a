package issuetracker.api;

import issuetracker.http.Response;
import issuetracker.http.Route;
import issuetracker.http.TenantRequest;
import issuetracker.issue.Comment;
import issuetracker.store.Comments;
import issuetracker.store.Issues;
import java.util.List;

/// `/issues/{id}/comments`.
public final class CommentEndpoints {
  private static final int MAX_AUTHOR = 50;
  private static final int MAX_BODY = 10_000;
  private static final String NOBODY = "anonymous";

  private final Transactions transactions;
  private final Comments comments;
  private final Issues issues;

  /// Endpoints over the comments on these issues.
  public CommentEndpoints(Transactions transactions, Comments comments, Issues issues) {
    this.transactions = transactions;
    this.comments = comments;
    this.issues = issues;
  }

  /// What to serve.
  public List<Route> routes() {
    return List.of(
        new Route.ForTenant("GET", "/issues/{id}/comments", this::list),
        new Route.ForTenant("POST", "/issues/{id}/comments", this::create));
  }

  private Response list(TenantRequest request) {
    List<Comment> found =
        transactions.run(
            request,
            session -> {
              if (issues.find(session, request.id()).isEmpty()) {
                throw IssueEndpoints.unknown();
              }
              return comments.list(session, request.id());
            });
    return Response.json(200, Views.list(request.tenant(), "comments", found, Views::comment));
  }

  private Response create(TenantRequest request) {
    Fields fields = new Fields(request.json(), List.of("author", "body"));
    request.user().ifPresent(user -> Fields.check("X-User", user, MAX_AUTHOR));
    String author = fields.text("author", MAX_AUTHOR).or(request::user).orElse(NOBODY);
    Comment.Remark remark = new Comment.Remark(author, fields.line("body", MAX_BODY));
    Comment created =
        transactions
            .run(request, session -> comments.create(session, request.id(), remark))
            .orElseThrow(IssueEndpoints::unknown);
    return Response.json(201, Views.comment(created));
  }
}
