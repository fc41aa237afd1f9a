/// Rules about all files of the repository, whatever their kind.
@NullMarked
package tranche.tidy.files;

import org.jspecify.annotations.NullMarked;
