/// What an operator declares: `tranche.yaml`, read once, checked and resolved.
///
/// Read [tranche.config.TrancheConfig] first, then [tranche.config.ConfigReader]. Every value that
/// is wrong is reported with file, line and column, all of them at once. Deliberately not here:
/// talking to databases, starting anything, and deciding what a rollout does.
@NullMarked
package tranche.config;

import org.jspecify.annotations.NullMarked;
