package issuetracker.r2026_11;

import issuetracker.release.CreationFault;
import issuetracker.release.Release;
import issuetracker.server.IssueTracker;

/// Runs release 2026.11.
public final class Main {
  private Main() {}

  /// The release: priorities as numbers, no known defect.
  public static Release release() {
    return new Release("2026.11", new NumberPriority(), CreationFault.NONE);
  }

  /// Starts the process; takes no arguments.
  public static void main(String[] arguments) {
    IssueTracker.main(release());
  }
}
