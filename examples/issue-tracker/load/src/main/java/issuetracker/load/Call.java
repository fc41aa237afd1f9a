package issuetracker.load;

import java.util.UUID;

/// One request to be sent.
sealed interface Call {
  long sequence();

  String tenant();

  /// Create an issue.
  record Create(long sequence, String tenant, NewIssue issue) implements Call {}

  /// List the newest issues.
  record ListNewest(long sequence, String tenant) implements Call {}

  /// Change the status and priority of an issue that was acknowledged before.
  record Change(long sequence, String tenant, UUID issue, String status, String priority)
      implements Call {}

  /// An issue as it is to be created.
  record NewIssue(UUID id, String title, String priority) {}

  /// The HTTP method.
  default String method() {
    return switch (this) {
      case Create _ -> "POST";
      case ListNewest _ -> "GET";
      case Change _ -> "PATCH";
    };
  }

  /// The path and query.
  default String path() {
    return switch (this) {
      case Create _ -> "/issues";
      case ListNewest _ -> "/issues?limit=20";
      case Change(_, _, var issue, _, _) -> "/issues/" + issue;
    };
  }

  /// The body, empty for none. No value in it needs escaping: tenants that do are refused by the
  /// server.
  default String body() {
    return switch (this) {
      case Create(_, _, var issue) ->
          """
          {"id":"%s","title":"%s","body":"Made by the load generator.","priority":"%s"}\
          """
              .formatted(issue.id(), issue.title(), issue.priority());
      case ListNewest _ -> "";
      case Change(_, _, _, var status, var priority) ->
          """
          {"status":"%s","priority":"%s"}\
          """
              .formatted(status, priority);
    };
  }
}
