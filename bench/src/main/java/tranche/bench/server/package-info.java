/// The PostgreSQL server that a benchmark runs on, and the fleets in it.
///
/// Read [BenchServer] first.
///
/// What always holds: the server is the product's own embedded one, with its durable settings, made
/// anew for one run and deleted after it; every contestant gets a copy of one and the same
/// template.
@NullMarked
package tranche.bench.server;

import org.jspecify.annotations.NullMarked;
