/// What a gateway process is told at its start: [GatewayConfig] is the content, [ConfigFile] reads
/// it strictly. Deliberately not here: the routing table, which is put at run time.
@NullMarked
package tranche.gateway.config;

import org.jspecify.annotations.NullMarked;
