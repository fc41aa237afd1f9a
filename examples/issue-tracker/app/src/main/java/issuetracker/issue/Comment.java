package issuetracker.issue;

import java.time.Instant;
import java.util.UUID;

/// A remark on an issue.
///
/// @param tenant the tenant as stored in the row
/// @param id unique within the tenant
/// @param issue the issue it belongs to
/// @param remark who said what
/// @param createdAt when the row was inserted
public record Comment(String tenant, UUID id, UUID issue, Remark remark, Instant createdAt) {

  /// Who said what.
  ///
  /// @param author the handle of who wrote it
  /// @param body what was written
  public record Remark(String author, String body) {}
}
