package tranche.api.rollout;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// A rollout as it is now.
///
/// `phase` is `moving`, `held`, `paused`, `halted`, `reverting`, `done`, `reverted` or `cancelled`;
/// `over` is true for the last three. `since` is the time of the last entry of its journal. `hold`
/// says what it waits for, `halted` why it stopped.
public record RolloutJson(
    String id,
    String to,
    String plan,
    String by,
    Instant startedAt,
    Instant since,
    String phase,
    boolean over,
    Optional<HoldJson> hold,
    Optional<RecordedJson> halted,
    List<TrancheJson> tranches,
    FailedJson failed) {
  public RolloutJson {
    tranches = List.copyOf(tranches);
  }

  /// Why nothing happens: `who` names who or what can clear it.
  public record HoldJson(
      String code, String what, Instant since, Optional<Instant> until, String who) {}

  /// One tranche; `state` is `waiting`, `moving` or `done`. `counts` has every word of
  /// [tranche.core.rollout.TenantState] that at least one tenant is in. `approval` is who approved
  /// it, or `needed: ROLE`; absent if it needs none.
  public record TrancheJson(
      int number,
      String name,
      String who,
      int tenants,
      String state,
      Map<String, Long> counts,
      Optional<String> approval) {
    public TrancheJson {
      counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }
  }

  /// Tenants in quarantine: how many, and the first hundred by id.
  public record FailedJson(int count, List<FailedTenant> items) {
    public FailedJson {
      items = List.copyOf(items);
    }
  }

  /// A tenant in quarantine, and why.
  public record FailedTenant(String tenant, RecordedJson problem) {}
}
