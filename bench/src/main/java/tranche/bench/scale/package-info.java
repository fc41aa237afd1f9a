/// The benchmark `scale`: whether a store costs the same in a large fleet as in a small one, and
/// whether memory stays flat.
///
/// Read [ScaleTrial] first.
@NullMarked
package tranche.bench.scale;

import org.jspecify.annotations.NullMarked;
