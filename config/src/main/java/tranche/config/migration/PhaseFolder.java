package tranche.config.migration;

import java.util.Optional;
import tranche.core.release.SchemaPhase;

/// The folders whose names are phases.
final class PhaseFolder {
  private PhaseFolder() {}

  /// The phase that a folder's name is.
  static Optional<SchemaPhase> phase(String folder) {
    for (SchemaPhase phase : SchemaPhase.values()) {
      if (phase.word().equals(folder)) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }
}
