package tranche.engine.control;

import tranche.core.policy.Cohort;
import tranche.core.release.ReleaseId;

/// Asks for a plan that brings the selected tenants to a release.
public record PlanRequest(ReleaseId to, Cohort only) {}
