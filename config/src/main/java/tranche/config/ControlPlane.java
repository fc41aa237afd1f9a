package tranche.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import tranche.config.database.StoreConfig;

/// Where the control plane listens and keeps its state. `data` is absolute; without a `store` the
/// embedded PostgreSQL under it is used.
public record ControlPlane(Path data, ListenAddress listen, Optional<StoreConfig> store) {
  public ControlPlane {
    Objects.requireNonNull(data);
    Objects.requireNonNull(listen);
    Objects.requireNonNull(store);
  }
}
