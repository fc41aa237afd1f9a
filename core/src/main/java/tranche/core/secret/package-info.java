/// Values that must never be shown: passwords and tokens.
///
/// Read [Secret] first. Not here: where secrets come from, how they are stored, and how they are
/// generated; that belongs to whoever owns the secret.
@NullMarked
package tranche.core.secret;

import org.jspecify.annotations.NullMarked;
