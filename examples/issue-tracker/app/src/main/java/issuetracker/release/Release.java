package issuetracker.release;

/// What makes one release of the application differ from another.
///
/// @param version the release's name, for example `2026.11`
/// @param priority where it keeps the priority of an issue
/// @param fault the defect it was shipped with
public record Release(String version, PriorityColumn priority, CreationFault fault) {}
