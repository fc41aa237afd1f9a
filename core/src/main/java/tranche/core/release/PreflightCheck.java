package tranche.core.release;

/// A read-only query that returns a row for each datum that would break the migration; no rows
/// means the store is fit to be migrated.
public record PreflightCheck(String name, String sql) {}
