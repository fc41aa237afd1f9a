package tranche.config.database;

/// Where the control plane keeps its own state when it is not the embedded server.
public record StoreConfig(Server.External server, String name) {}
