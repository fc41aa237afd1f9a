package tranche.config;

import java.util.Optional;

/// What the operator calls this configuration; free text, for people only.
public record About(Optional<String> name, Optional<String> version) {}
