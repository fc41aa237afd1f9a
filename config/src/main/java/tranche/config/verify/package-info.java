/// Verification suites as files.
///
/// Read [tranche.config.verify.SuiteFile] first. Deliberately not here: sending the requests.
@NullMarked
package tranche.config.verify;

import org.jspecify.annotations.NullMarked;
