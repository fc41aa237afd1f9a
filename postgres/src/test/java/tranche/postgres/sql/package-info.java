/// What `tranche.sql` says of statements, held against what a real server does.
///
/// Read [EffectsOnServerTest] first. The statements and the tables that they run on are in the
/// resources of the same name.
@NullMarked
package tranche.postgres.sql;

import org.jspecify.annotations.NullMarked;
