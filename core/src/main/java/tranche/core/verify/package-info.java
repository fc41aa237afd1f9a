/// What is asked of a running application before and after traffic moves: suites of HTTP checks, as
/// data.
///
/// Read [tranche.core.verify.Suite] first. Deliberately not here: sending requests (drivers) and
/// reading suite files (config).
@NullMarked
package tranche.core.verify;

import org.jspecify.annotations.NullMarked;
