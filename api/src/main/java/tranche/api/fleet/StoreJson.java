package tranche.api.fleet;

import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// A store of a tenant, named `database/schema`; `role` is `main`, `shared` or `own`.
///
/// `version` is the schema version as read from the store just now, only where one tenant is asked
/// for; absent there if the store does not exist yet, or with a `problem` if it could not be read.
public record StoreJson(
    String role, String store, Optional<String> version, Optional<RecordedJson> problem) {}
