package tranche.core.rollout;

import tranche.core.fleet.CellId;
import tranche.core.release.ReleaseId;

/// That an arm of a cell is no longer needed once all tenants of the cell have moved.
public record Retirement(CellId cell, ReleaseId release) {}
