package tranche.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import tranche.core.rollout.Event;
import tranche.core.rollout.Plan;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.engine.rollout.RolloutStore;
import tranche.engine.rollout.ServiceProblem;

/// Plans and rollouts as maps in the order of insertion.
final class MemoryRolloutStore implements RolloutStore {
  private static final Pattern HASH_PREFIX = Pattern.compile("[0-9a-f]{7,64}");

  private final Memory memory;

  MemoryRolloutStore(Memory memory) {
    this.memory = memory;
  }

  @Override
  public void save(Plan plan, Instant at) {
    synchronized (memory) {
      StoredPlan stored = new StoredPlan(plan, at.truncatedTo(ChronoUnit.MICROS));
      StoredPlan _ = memory.plans.putIfAbsent(plan.hash(), stored);
    }
  }

  @Override
  public Optional<Plan> plan(String hashPrefix) {
    if (!HASH_PREFIX.matcher(hashPrefix).matches()) {
      return Optional.empty();
    }
    synchronized (memory) {
      List<Plan> found =
          memory.plans.values().stream()
              .map(StoredPlan::plan)
              .filter(p -> p.hash().startsWith(hashPrefix))
              .limit(2)
              .toList();
      return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
  }

  @Override
  public List<StoredPlan> plans(int limit) {
    Memory.page(limit);
    synchronized (memory) {
      List<StoredPlan> newestFirst = new ArrayList<>(memory.plans.values()).reversed();
      return newestFirst.stream()
          .sorted(Comparator.comparing(StoredPlan::at).reversed())
          .limit(limit)
          .toList();
    }
  }

  @Override
  public RolloutRecord start(Plan plan, String by, Fence fence) {
    Objects.requireNonNull(by);
    synchronized (memory) {
      memory.requireCurrent(fence);
      unfinished().stream()
          .findFirst()
          .ifPresent(r -> {
            throw new ServiceProblem.RolloutInProgress(r.id().value()).exception();
          });
      if (!memory.plans.containsKey(plan.hash())) {
        throw new ServiceProblem.UnknownPlan(plan.id()).exception();
      }
      RolloutId id = new RolloutId("r-" + (memory.rollouts.size() + 1));
      RolloutRecord started = new RolloutRecord(id, plan.hash(), by, memory.now());
      var rollout = new Memory.Rollout(started, started.startedAt(), false);
      var _ = memory.append(rollout, fence, List.of(new Event.Started(plan.hash(), by)));
      return started;
    }
  }

  @Override
  public List<RolloutRecord> rollouts(int limit) {
    Memory.page(limit);
    synchronized (memory) {
      return new ArrayList<>(memory.rollouts.values())
          .reversed().stream().map(Memory.Rollout::record).limit(limit).toList();
    }
  }

  @Override
  public Optional<RolloutRecord> rollout(RolloutId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.rollouts.get(id)).map(Memory.Rollout::record);
    }
  }

  @Override
  public List<RolloutRecord> unfinished() {
    synchronized (memory) {
      return memory.rollouts.values().stream()
          .filter(r -> !r.isEnded())
          .map(Memory.Rollout::record)
          .toList();
    }
  }
}
