package tranche.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import tranche.engine.journal.Fence;
import tranche.engine.journal.Leases;

/// The lease as two fields.
final class MemoryLeases implements Leases {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Memory memory;

  MemoryLeases(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Optional<Fence> acquire(String holder, Duration time) {
    Objects.requireNonNull(holder);
    check(time);
    synchronized (memory) {
      boolean isTaken =
          memory.lease.stream()
              .anyMatch(l -> !l.holder().equals(holder) && memory.now().isBefore(l.until()));
      if (isTaken) {
        return Optional.empty();
      }
      memory.epoch++;
      memory.lease = Optional.of(new Memory.Lease(holder, memory.now().plus(time)));
      return Optional.of(new Fence(memory.epoch));
    }
  }

  @Override
  public boolean renew(Fence fence, Duration time) {
    check(time);
    synchronized (memory) {
      if (memory.lease.isEmpty() || fence.epoch() != memory.epoch) {
        return false;
      }
      memory.lease = memory.lease.map(l -> new Memory.Lease(l.holder(), memory.now().plus(time)));
      return true;
    }
  }

  @Override
  public void release(Fence fence) {
    synchronized (memory) {
      if (fence.epoch() == memory.epoch) {
        memory.lease = Optional.empty();
      }
    }
  }

  private static void check(Duration time) {
    if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a lease of " + time);
    }
  }
}
