package tranche.gateway;

import java.time.Instant;

/// Where a started gateway is.
///
/// @param bootId new at every start
/// @param listenPort port for clients
/// @param adminPort port for the control plane
public record Running(String bootId, int listenPort, int adminPort, Instant startedAt) {}
