package issuetracker.api;

import issuetracker.issue.Comment;
import issuetracker.issue.Issue;
import issuetracker.issue.Team;
import issuetracker.issue.User;
import issuetracker.issue.Words;
import issuetracker.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/// How the nouns look in JSON. `tenant` is always the one of the stored row, never the one of the
/// request: so a client sees it when it was given another tenant's data.
final class Views {
  private Views() {}

  static JsonObject issue(Issue issue) {
    return new JsonObject()
        .put("tenant", issue.tenant())
        .put("id", issue.id())
        .put("team_id", issue.content().team())
        .put("title", issue.content().title())
        .put("body", issue.content().body())
        .put("status", Words.of(issue.content().status()))
        .put("priority", Words.of(issue.content().priority()))
        .put("created_at", issue.createdAt())
        .put("updated_at", issue.updatedAt());
  }

  static JsonObject team(Team team) {
    return new JsonObject()
        .put("tenant", team.tenant())
        .put("id", team.id())
        .put("name", team.name())
        .put("created_at", team.createdAt());
  }

  static JsonObject user(User user) {
    return new JsonObject()
        .put("tenant", user.tenant())
        .put("id", user.id())
        .put("handle", user.handle())
        .put("name", user.name())
        .put("team_id", user.team());
  }

  static JsonObject comment(Comment comment) {
    return new JsonObject()
        .put("tenant", comment.tenant())
        .put("id", comment.id())
        .put("issue_id", comment.issue())
        .put("author", comment.remark().author())
        .put("body", comment.remark().body())
        .put("created_at", comment.createdAt());
  }

  static <T> JsonObject list(
      String tenant, String name, List<T> items, Function<T, JsonObject> view) {
    return new JsonObject().put("tenant", tenant).putAll(name, items.stream().map(view).toList());
  }
}
