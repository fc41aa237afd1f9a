package tranche.gateway.route;

/// One running copy of a release: where it listens, and whether it may still be given new requests.
///
/// @param id unique within its arm
/// @param host an IP address, or `localhost`
/// @param port 1 to 65535
/// @param draining true: finish what is in flight, give nothing new
public record Instance(String id, String host, int port, boolean draining) {}
