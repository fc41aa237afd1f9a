/// Asking the running application, as a port. What is asked is `tranche.core.verify`.
@NullMarked
package tranche.engine.verify;

import org.jspecify.annotations.NullMarked;
