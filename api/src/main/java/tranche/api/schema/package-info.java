/// What `tranche schema` says about stores and migrations, as records that become JSON.
///
/// Read [tranche.api.schema.SchemaStatusJson] first. Groups stand for many stores and name a few of
/// them; whoever wants each gets one record per store, one per line.
@NullMarked
package tranche.api.schema;

import org.jspecify.annotations.NullMarked;
