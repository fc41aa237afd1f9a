/// What the author of a migration should know before it runs: statements that would hurt the
/// running release, each with the safe way written out for exactly this table and column.
///
/// Read [Linter] first; each rule is a [Rule]. Rules speak of what is written in the script; a rule
/// about style has no place here.
///
/// Deliberately not here: whether a finding stops a run. The severity is a proposal, the runner
/// decides.
@NullMarked
package tranche.sql.lint;

import org.jspecify.annotations.NullMarked;
