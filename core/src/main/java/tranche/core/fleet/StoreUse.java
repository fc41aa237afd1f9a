package tranche.core.fleet;

/// That a tenant keeps data in a store, and which part of it.
public record StoreUse(StoreRole role, StoreId store) {}
