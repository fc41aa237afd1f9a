package tranche.core.judge;

/// Decides whether a candidate is fit. Pure: the same criteria and evidence give the same verdict,
/// bit for bit, so that a stored verdict can be replayed (I12).
@FunctionalInterface
public interface Judge {
  /// The verdict on this evidence.
  Verdict judge(Criteria criteria, Evidence evidence);
}
