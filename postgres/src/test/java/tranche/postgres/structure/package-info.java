/// Structures of real schemas: read, copied, rehearsed on.
@NullMarked
package tranche.postgres.structure;

import org.jspecify.annotations.NullMarked;
