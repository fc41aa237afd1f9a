package tranche.core.rollout;

import tranche.core.release.Digest;

/// The hash of a plan: SHA-256 over everything that decides what will happen, in order.
final class PlanHash {
  private PlanHash() {}

  static Plan seal(Plan draft) {
    Digest digest = Digest.sha256().add("plan/1").add(draft.to().value()).add(draft.releaseHash());
    draft.tranches().forEach(t -> add(digest, t));
    draft.stores().forEach(s -> digest.add(s.toString()));
    draft.retirements().forEach(r -> digest.add(r.toString()));
    draft.leftOut().forEach(l -> digest.add(l.toString()));
    digest.add(draft.contract().toString());
    return new Plan(
        draft.to(),
        draft.releaseHash(),
        draft.tranches(),
        draft.stores(),
        draft.retirements(),
        draft.leftOut(),
        draft.contract(),
        digest.hex());
  }

  private static void add(Digest digest, PlannedTranche tranche) {
    digest.add(tranche.number() + " " + tranche.name() + " " + tranche.gates());
    for (Batch batch : tranche.batches()) {
      digest.add(batch.id() + " " + batch.policy());
      batch.moves().forEach(m -> digest.add(m.toString()));
    }
  }
}
