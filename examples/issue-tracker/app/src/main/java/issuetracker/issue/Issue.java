package issuetracker.issue;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Something to be done for a tenant.
///
/// @param tenant the tenant as stored in the row, which is what a client compares with the one it
///   asked for
/// @param id unique within the tenant
/// @param content what users write
/// @param createdAt when the row was inserted
/// @param updatedAt when it was last changed
public record Issue(String tenant, UUID id, Content content, Instant createdAt, Instant updatedAt) {

  /// The part of an issue that users write.
  ///
  /// @param team the team it belongs to, if any
  /// @param title one line
  /// @param body any text, possibly empty
  /// @param status how far it is
  /// @param priority how soon it wants attention
  public record Content(
      Optional<UUID> team, String title, String body, Status status, Priority priority) {}
}
