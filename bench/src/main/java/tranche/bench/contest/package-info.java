/// The tools that are compared, each behind the same small interface.
///
/// Read [Contestant] first, then [Floor], which shows the least that the work can cost.
///
/// What always holds: a contestant gets an address and a folder of migrations, nothing that was
/// opened before; what it opens, it closes before it returns. So opening connections is part of
/// every measurement, for every contestant alike.
///
/// Deliberately not here: clocks, and checks of what a contestant has done. It is not asked.
@NullMarked
package tranche.bench.contest;

import org.jspecify.annotations.NullMarked;
