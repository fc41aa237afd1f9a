/// Reading files that somebody else wrote: bounded, strictly UTF-8, found by patterns.
///
/// Read [tranche.config.files.TextFile] first. Deliberately not here: what the files mean.
@NullMarked
package tranche.config.files;

import org.jspecify.annotations.NullMarked;
