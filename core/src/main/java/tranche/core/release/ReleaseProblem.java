package tranche.core.release;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a release.
public sealed interface ReleaseProblem extends Problem {
  /// The folder no longer holds what was created under that name.
  record ReleaseChanged(ReleaseId release, String recorded, String found)
      implements ReleaseProblem {
    @Override
    public String code() {
      return "release-changed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Release "
          + release
          + " was created with hash "
          + recorded.substring(0, 12)
          + ", its folder now has "
          + found.substring(0, 12);
    }

    @Override
    public String why() {
      return "A release is immutable: tenants that moved earlier would run something else than"
          + " tenants that move later.";
    }

    @Override
    public String fix() {
      return "Restore the folder as it was, or give the new content a new version in release.yaml"
          + " and run `tranche release create`.";
    }
  }

  /// A release that is asked for and not there.
  record UnknownRelease(String release) implements ReleaseProblem {
    @Override
    public String code() {
      return "unknown-release";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "There is no release " + release;
    }

    @Override
    public String why() {
      return "Nobody has created it on this control plane.";
    }

    @Override
    public String fix() {
      return "Run `tranche release create FOLDER`, then `tranche release list`.";
    }
  }
}
