/// The history tables of other tools: read in bulk for adoption, and kept up to date for the tools
/// that go on using theirs.
///
/// Read [ForeignHistoryReader] first. What a history means is decided in `tranche.core.adopt`.
@NullMarked
package tranche.postgres.adopt;

import org.jspecify.annotations.NullMarked;
