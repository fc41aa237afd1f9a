package tranche.postgres.schema;

import tranche.core.release.SchemaVersion;

/// A row of a store's history, as far as decisions need it.
record Applied(SchemaVersion version, String checksum) {}
