package issuetracker.issue;

import java.util.Optional;
import java.util.UUID;

/// A partial change of an issue: what is empty stays as it is.
///
/// @param team the new team; an inner empty value takes the issue out of its team
/// @param title the new title
/// @param body the new body
/// @param status the new status
/// @param priority the new priority
public record IssueChange(
    Optional<Optional<UUID>> team,
    Optional<String> title,
    Optional<String> body,
    Optional<Status> status,
    Optional<Priority> priority) {}
