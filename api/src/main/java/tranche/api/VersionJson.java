package tranche.api;

/// The version of the server, and whether it may act now (it holds the lease).
public record VersionJson(String version, boolean inCharge) {}
