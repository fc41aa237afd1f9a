package tranche.core.policy;

import java.time.Duration;
import java.util.Optional;

/// When the old arms may be stopped and the old schema shape removed: `revertWindow` after the last
/// tenant moved, and, if `approval` names someone, once they said so.
public record ContractPolicy(Duration revertWindow, Optional<String> approval) {
  public ContractPolicy {
    if (revertWindow.isNegative()) {
      throw new IllegalArgumentException("negative revert window " + revertWindow);
    }
  }
}
