/// The benchmark `fanout`: one migration for many stores, by hand, by Tranche, by Flyway and by
/// Liquibase.
///
/// Read [Contest] first: it says what is measured in which order. [Report] turns the times into
/// ratios, a table, a line of JSON and a chart.
@NullMarked
package tranche.bench.fanout;

import org.jspecify.annotations.NullMarked;
