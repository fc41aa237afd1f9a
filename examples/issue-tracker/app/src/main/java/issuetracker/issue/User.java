package issuetracker.issue;

import java.util.Optional;
import java.util.UUID;

/// A person who works with the tracker.
///
/// @param tenant the tenant as stored in the row
/// @param id unique within the tenant
/// @param handle short name, unique within the tenant
/// @param name full name
/// @param team the team the person is in, if any
public record User(String tenant, UUID id, String handle, String name, Optional<UUID> team) {}
