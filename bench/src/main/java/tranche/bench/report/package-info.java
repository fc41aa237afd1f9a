/// What becomes of measured times: medians, ratios, a table, a line of JSON, a chart.
///
/// Read [Sample] first. Everything here computes and nothing measures, but for [Machine], which
/// looks at the computer, and nothing writes, but for [ResultFiles].
@NullMarked
package tranche.bench.report;

import org.jspecify.annotations.NullMarked;
