/// Where passwords and tokens may be found while the product works and fails, and where never.
///
/// Read [tranche.e2e.secrets.SecretsIT] first; what is searched is collected by the classes beside
/// it.
@NullMarked
package tranche.e2e.secrets;

import org.jspecify.annotations.NullMarked;
