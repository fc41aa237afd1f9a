/// What the engine does to stores, as a port.
///
/// Read [tranche.engine.schema.SchemaDriver] first; the real one is `tranche.postgres.schema`.
@NullMarked
package tranche.engine.schema;

import org.jspecify.annotations.NullMarked;
