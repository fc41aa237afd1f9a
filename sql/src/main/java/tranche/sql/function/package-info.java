/// What is known of functions by their names.
///
/// Read [Volatility] first. Only functions that come with PostgreSQL, or with extensions that
/// everybody has, are known; of all others nothing is assumed.
@NullMarked
package tranche.sql.function;

import org.jspecify.annotations.NullMarked;
