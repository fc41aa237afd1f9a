package issuetracker.issue;

import java.time.Instant;
import java.util.UUID;

/// A group of people that issues can be given to.
///
/// @param tenant the tenant as stored in the row
/// @param id unique within the tenant
/// @param name unique within the tenant
/// @param createdAt when the row was inserted
public record Team(String tenant, UUID id, String name, Instant createdAt) {}
