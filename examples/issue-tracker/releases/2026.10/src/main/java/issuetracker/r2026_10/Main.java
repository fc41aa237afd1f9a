package issuetracker.r2026_10;

import issuetracker.release.CreationFault;
import issuetracker.release.Release;
import issuetracker.server.IssueTracker;

/// Runs release 2026.10.
public final class Main {
  private Main() {}

  /// The release: priorities as words, no known defect.
  public static Release release() {
    return new Release("2026.10", new TextPriority(), CreationFault.NONE);
  }

  /// Starts the process; takes no arguments.
  public static void main(String[] arguments) {
    IssueTracker.main(release());
  }
}
