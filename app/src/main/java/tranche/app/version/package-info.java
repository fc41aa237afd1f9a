/// Which Tranche this is.
@NullMarked
package tranche.app.version;

import org.jspecify.annotations.NullMarked;
