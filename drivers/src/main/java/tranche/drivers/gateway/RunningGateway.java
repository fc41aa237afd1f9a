package tranche.drivers.gateway;

import java.net.URI;

/// A gateway that answers.
///
/// @param boot identifies this run of it
public record RunningGateway(long pid, String boot, URI front, URI admin) {}
