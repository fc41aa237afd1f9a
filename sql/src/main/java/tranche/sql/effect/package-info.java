/// What a statement does, told from its syntax tree: the objects it touches, the lock it takes, how
/// much it reads or writes, what it takes away, the phase it belongs to, and what must be true of
/// the catalog afterwards.
///
/// Read [Effects] first: it names the one class for each family of statements. Locks are those of
/// PostgreSQL 15 to 18, the strongest where they differ. What the tree does not say (which type a
/// column has, what a function does) is taken at its worst, or stated as unknown.
///
/// Deliberately not here: whether a statement is a good idea (that is `tranche.sql.lint`), and how
/// it is taken back (`tranche.sql.undo`).
@NullMarked
package tranche.sql.effect;

import org.jspecify.annotations.NullMarked;
