package tranche.config.fleet;

/// A store with placeholders: the key of a database under `databases`, and a schema's name.
public record StoreTemplate(String database, String schema) {}
