package tranche.api.release;

/// Asks to read a release folder on the machine of the control plane; an absolute path.
public record CreateRelease(String folder) {}
