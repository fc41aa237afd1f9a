/// The configuration files of Flyway, as far as they say how a folder of migrations is to be read.
///
/// Read [tranche.config.flyway.FlywayConfig] first. Keys that change nothing here are listed, never
/// passed over silently. Deliberately not here: connections, which Tranche has its own ways for.
@NullMarked
package tranche.config.flyway;

import org.jspecify.annotations.NullMarked;
