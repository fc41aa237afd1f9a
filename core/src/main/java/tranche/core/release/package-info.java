/// What is shipped: an immutable release that binds an application artifact to a schema.
///
/// Read [tranche.core.release.Release] first. A release says which schema versions its code can
/// read; every safety argument about moving and reverting rests on that range. Deliberately not
/// here: reading release folders (module `config`) and running migrations (module `postgres`).
@NullMarked
package tranche.core.release;

import org.jspecify.annotations.NullMarked;
