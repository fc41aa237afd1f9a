/// The stored form of events, plans and releases: JSON.
///
/// Read [tranche.postgres.json.StoredJson] first, then [tranche.postgres.json.TypeNames], the table
/// of the names under which types are stored.
///
/// What always holds: what was written can be read back to an equal value, or it is not written.
/// Class names do not appear in what is stored. Reading is strict: a field or type that is not
/// known is an error, because history and approved plans must not lose parts of themselves
/// silently.
///
/// Deliberately not here: the JSON of the public API, and any annotation on the domain's types.
@NullMarked
package tranche.postgres.json;

import org.jspecify.annotations.NullMarked;
