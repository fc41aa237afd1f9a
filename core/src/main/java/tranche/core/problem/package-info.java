/// What can go wrong, said so that an operator can act: what, why and fix.
@NullMarked
package tranche.core.problem;

import org.jspecify.annotations.NullMarked;
