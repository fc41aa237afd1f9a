package tranche.config.fleet;

import java.util.HashMap;
import java.util.Map;
import tranche.config.problem.Where;
import tranche.core.fleet.TenantId;

/// Who uses which place, and whether others may use it too.
final class Claims<K> {
  /// Whether others may use the same place.
  enum Sharing {
    POOLED,
    ALONE
  }

  private record Claim(TenantId tenant, Where where, Sharing sharing) {
    @Override
    public String toString() {
      return "Tenant " + tenant + " (" + where + ")";
    }
  }

  private final String kind;
  private final Map<K, Claim> claims = new HashMap<>();

  /// `kind` says what the places are.
  Claims(String kind) {
    this.kind = kind;
  }

  /// Notes a use.
  ///
  /// @throws tranche.core.problem.ProblemException [PlacementProblem.StoreCollision]
  void claim(K place, TenantRow row, Sharing sharing) {
    Claim claim = new Claim(row.id(), row.where(), sharing);
    Claim first = claims.putIfAbsent(place, claim);
    if (first == null || (first.sharing == Sharing.POOLED && sharing == Sharing.POOLED)) {
      return;
    }
    String second = "tenant " + claim.tenant + " (" + claim.where + ")";
    throw new PlacementProblem.StoreCollision(first.toString(), second, kind + " " + place)
        .exception();
  }
}
