package tranche.testkit;

import java.util.List;
import java.util.Optional;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.ReleaseProblem;
import tranche.engine.release.ReleaseStore;

/// Releases as a map in the order of creation.
final class MemoryReleaseStore implements ReleaseStore {
  private final Memory memory;

  MemoryReleaseStore(Memory memory) {
    this.memory = memory;
  }

  // The same hash means the same content, except for where the folder lies.
  @Override
  public void create(Release release) {
    synchronized (memory) {
      Release before = memory.releases.get(release.id());
      if (before != null && !before.hash().equals(release.hash())) {
        throw new ReleaseProblem.ReleaseChanged(release.id(), before.hash(), release.hash())
            .exception();
      }
      Release _ = memory.releases.put(release.id(), release);
    }
  }

  @Override
  public Optional<Release> find(ReleaseId id) {
    synchronized (memory) {
      return Optional.ofNullable(memory.releases.get(id));
    }
  }

  @Override
  public List<Release> all() {
    synchronized (memory) {
      return List.copyOf(memory.releases.values());
    }
  }
}
