/// Benchmarks: how fast Tranche is, against other ways to do the same work on the same machine in
/// the same run.
///
/// Read [Main] first, then the package of one benchmark. `bench/README.md` explains what is
/// compared and why that is fair.
///
/// Deliberately not here: anything that the product needs. Nothing depends on this module.
@NullMarked
package tranche.bench;

import org.jspecify.annotations.NullMarked;
