package tranche.app.cli.connect;

import java.net.URI;
import tranche.core.secret.Secret;

/// A control plane and the token that it wants to see.
public record Endpoint(URI server, Secret token) {}
