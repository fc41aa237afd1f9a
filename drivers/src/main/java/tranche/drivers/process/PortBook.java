package tranche.drivers.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tranche.engine.delivery.Arm;

/// Gives each instance a port of its own and remembers it in its record before anything is started.
final class PortBook {
  private final Registry registry;
  private final ReentrantLock choosing = new ReentrantLock();

  PortBook(Registry registry) {
    this.registry = registry;
  }

  /// The record of an instance as it is on disk; a new one is not written yet.
  InstanceRecord of(InstanceStart.Plan plan, int number) throws IOException {
    Arm arm = plan.spec().arm();
    Optional<InstanceRecord> known = registry.find(InstanceRecord.id(arm, number));
    return known.orElseGet(() ->
        new InstanceRecord(
            arm,
            number,
            plan.spec().release().artifact().readyPath(),
            0,
            plan.fence().epoch(),
            Optional.empty()));
  }

  /// Writes down that the instance is about to be started, on its earlier port if nobody took it.
  InstanceRecord intend(InstanceRecord record, long epoch) throws IOException {
    choosing.lock();
    try {
      boolean keepsPort = record.port() != 0 && Ports.isFree(record.port());
      InstanceRecord intended =
          record.intended(keepsPort ? record.port() : Ports.free(promised(record)), epoch);
      registry.write(intended);
      return intended;
    } finally {
      choosing.unlock();
    }
  }

  private Set<Integer> promised(InstanceRecord self) throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (InstanceRecord record : registry.all()) {
      if (!record.id().equals(self.id())) {
        ports.add(record.port());
      }
    }
    return ports;
  }
}
