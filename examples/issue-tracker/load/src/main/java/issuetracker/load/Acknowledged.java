package issuetracker.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The latest issues that the server said it has stored.
final class Acknowledged {
  private static final int MAX = 8_192;

  private final List<Target> targets = new ArrayList<>();
  private int next;

  /// An issue and whose it is.
  record Target(String tenant, UUID issue) {}

  synchronized void add(Target target) {
    if (targets.size() < MAX) {
      targets.add(target);
    } else {
      targets.set(next, target);
      next = (next + 1) % MAX;
    }
  }

  /// One of them by a number between 0 and 1; empty while there is none.
  synchronized Optional<Target> pick(double fraction) {
    return targets.isEmpty()
        ? Optional.empty()
        : Optional.of(targets.get((int) (fraction * targets.size())));
  }
}
