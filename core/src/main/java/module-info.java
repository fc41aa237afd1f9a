/// What should happen, decided without touching the world: `java.base` only, and by the package
/// rules no clock, no randomness, no I/O.
module tranche.core {
  requires static transitive org.jspecify;

  exports tranche.core.problem;
  exports tranche.core.secret;
}
