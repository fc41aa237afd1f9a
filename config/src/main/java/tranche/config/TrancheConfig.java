package tranche.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tranche.config.fleet.FleetConfig;
import tranche.core.policy.RolloutPolicy;
import tranche.core.verify.Suite;

/// A whole `tranche.yaml`, checked, with defaults and paths resolved and passwords read.
///
/// `file` is where it was read from; `suites` are in the order of their files' paths.
public record TrancheConfig(
    Path file,
    About about,
    ControlPlane controlPlane,
    GatewayConfig gateway,
    FleetConfig fleet,
    RolloutPolicy policy,
    List<Suite> suites,
    Limits limits,
    SchemaConfig schema) {
  public TrancheConfig {
    Objects.requireNonNull(file);
    Objects.requireNonNull(about);
    Objects.requireNonNull(controlPlane);
    Objects.requireNonNull(gateway);
    Objects.requireNonNull(fleet);
    Objects.requireNonNull(policy);
    suites = List.copyOf(suites);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(schema);
  }
}
