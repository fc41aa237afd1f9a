/// Taking over a store whose history another tool has kept: what its table says, and which
/// migrations of the folder that means.
///
/// Read [Adoption] first. The tables are read and kept up to date by `postgres`; nothing in them is
/// ever rewritten.
@NullMarked
package tranche.core.adopt;

import org.jspecify.annotations.NullMarked;
