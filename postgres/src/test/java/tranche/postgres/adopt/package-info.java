/// Histories of other tools, made as those tools make them.
@NullMarked
package tranche.postgres.adopt;

import org.jspecify.annotations.NullMarked;
