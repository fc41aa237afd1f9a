package issuetracker.r2026_12;

import issuetracker.release.Release;
import issuetracker.server.IssueTracker;

/// Runs release 2026.12.
public final class Main {
  private Main() {}

  /// The release: priorities as numbers, and a twentieth of all new issues refused.
  public static Release release() {
    return new Release("2026.12", new NumberPriority(), new EveryTwentieth());
  }

  /// Starts the process; takes no arguments.
  public static void main(String[] arguments) {
    IssueTracker.main(release());
  }
}
