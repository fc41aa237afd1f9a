package tranche.engine.schema;

import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;

/// On whose behalf a store is changed.
public record ChangeContext(RolloutId rollout, Fence fence) {}
