package tranche.api;

/// That the server answers; `status` is `ok`.
public record HealthJson(String status) {}
