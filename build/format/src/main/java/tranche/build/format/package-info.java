/// Brings every Java source file of the repository into one shape, so that no review is about
/// layout. Read [Main] first.
///
/// [SourceTree] finds the files, [Formatted] remembers which of them were already seen in good
/// shape. Deliberately not here: any style option. The shape is Google Java Format's.
@NullMarked
package tranche.build.format;

import org.jspecify.annotations.NullMarked;
