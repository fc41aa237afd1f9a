package tranche.app.demo;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can keep the demo from running.
public sealed interface DemoProblem extends Problem {
  /// The example application is not where it should be.
  record ExampleMissing(String path) implements DemoProblem {
    @Override
    public String code() {
      return "demo-example-missing";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The example application is not there: " + path;
    }

    @Override
    public String why() {
      return "The demo runs the issue tracker that comes with the sources.";
    }

    @Override
    public String fix() {
      return "Start it as `./tranche demo` in a clone of the repository.";
    }
  }

  /// The folder holds something else.
  record FolderNotOurs(String path) implements DemoProblem {
    @Override
    public String code() {
      return "demo-folder-not-ours";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Folder " + path + " was not made by a demo";
    }

    @Override
    public String why() {
      return "A demo begins by removing what an earlier one left; it must not remove anything"
          + " else.";
    }

    @Override
    public String fix() {
      return "Choose another folder with `--data FOLDER`, or remove this one yourself.";
    }
  }

  /// The control plane did not come up.
  record ControlPlaneEnded(String lastWords) implements DemoProblem {
    @Override
    public String code() {
      return "demo-control-plane-ended";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The control plane ended while it started; its last words: " + lastWords.strip();
    }

    @Override
    public String why() {
      return "The demo is a client of it and can do nothing without.";
    }

    @Override
    public String fix() {
      return "Remove the cause that it names, then run the demo again.";
    }
  }

  /// The load generator failed.
  record LoadFailed(String lastWords) implements DemoProblem {
    @Override
    public String code() {
      return "demo-load-failed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The load generator failed: " + lastWords.strip();
    }

    @Override
    public String why() {
      return "Without load there is nothing that could fail, so nothing would be shown.";
    }

    @Override
    public String fix() {
      return "Run the demo again on an idle machine; report it if it fails again.";
    }
  }

  /// A rollout took too long or ended in another way than the story needs.
  record StoryBroken(String what) implements DemoProblem {
    @Override
    public String code() {
      return "demo-story-broken";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String why() {
      return "The demo knows how its story goes, and it did not go so.";
    }

    @Override
    public String fix() {
      return "Run `tranche demo --keep` and look with `tranche rollout list` and `tranche rollout"
          + " explain`.";
    }
  }
}
