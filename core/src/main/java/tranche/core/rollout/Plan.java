package tranche.core.rollout;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.policy.ContractPolicy;
import tranche.core.release.ReleaseId;

/// An immutable, hashed list of tranches and store changes. What is approved and started is exactly
/// this: it leaves no choice of tenants, order or gates to the engine.
public record Plan(
    ReleaseId to,
    String releaseHash,
    List<PlannedTranche> tranches,
    List<StorePlan> stores,
    List<Retirement> retirements,
    List<LeftOut> leftOut,
    ContractPolicy contract,
    String hash) {
  public Plan {
    Objects.requireNonNull(to);
    Objects.requireNonNull(releaseHash);
    tranches = List.copyOf(tranches);
    stores = List.copyOf(stores);
    retirements = List.copyOf(retirements);
    leftOut = List.copyOf(leftOut);
    Objects.requireNonNull(contract);
    Objects.requireNonNull(hash);
  }

  /// Whether it only removes what an earlier rollout to the same release left to be removed.
  public boolean isContractOnly() {
    return tranches.isEmpty();
  }

  /// The short name of the plan: the first seven digits of its hash.
  public String id() {
    return hash.substring(0, 7);
  }

  /// All batches in the order of moving.
  public List<Batch> batches() {
    return tranches.stream().flatMap(t -> t.batches().stream()).toList();
  }

  /// All moves in order.
  public List<Move> moves() {
    return batches().stream().flatMap(b -> b.moves().stream()).toList();
  }

  /// The move of each tenant.
  public Map<TenantId, Move> movesByTenant() {
    return moves().stream().collect(Collectors.toMap(Move::tenant, Function.identity()));
  }

  /// The plans of the stores by id.
  public Map<StoreId, StorePlan> storesById() {
    return stores.stream()
        .collect(
            Collectors.toMap(StorePlan::store, Function.identity(), (a, _) -> a, TreeMap::new));
  }

  /// The tranche of that number, from 1.
  public Optional<PlannedTranche> tranche(int number) {
    return number >= 1 && number <= tranches.size()
        ? Optional.of(tranches.get(number - 1))
        : Optional.empty();
  }

  /// How many tenants move.
  public int size() {
    return tranches.stream().mapToInt(PlannedTranche::size).sum();
  }

  /// Whether there is anything irreversible at its end.
  public boolean hasContract() {
    return stores.stream().anyMatch(s -> !s.contract().isEmpty());
  }
}
