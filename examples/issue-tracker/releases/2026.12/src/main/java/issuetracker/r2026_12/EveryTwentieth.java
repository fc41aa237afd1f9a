package issuetracker.r2026_12;

import issuetracker.release.CreationFault;
import java.util.concurrent.atomic.AtomicLong;

/// Fails the 20th, 40th, 60th … request to create an issue of a process. It is counted, not drawn,
/// so that whoever tests a rollout of this release knows what to expect.
final class EveryTwentieth implements CreationFault {
  private static final int PERIOD = 20;

  private final AtomicLong requests = new AtomicLong();

  @Override
  public boolean strikes() {
    return requests.incrementAndGet() % PERIOD == 0;
  }
}
