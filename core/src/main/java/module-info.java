/// What should happen, decided without touching the world: `java.base` only, and by the package
/// rules no clock, no randomness, no I/O.
module tranche.core {
  requires static transitive org.jspecify;

  exports tranche.core.adopt;
  exports tranche.core.fanout;
  exports tranche.core.fleet;
  exports tranche.core.judge;
  exports tranche.core.migration;
  exports tranche.core.policy;
  exports tranche.core.problem;
  exports tranche.core.release;
  exports tranche.core.rollout;
  exports tranche.core.secret;
  exports tranche.core.structure;
  exports tranche.core.verify;
}
