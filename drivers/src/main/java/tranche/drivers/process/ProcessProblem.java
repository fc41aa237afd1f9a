package tranche.drivers.process;

import java.nio.file.Path;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong around the processes themselves.
public sealed interface ProcessProblem extends Problem {
  /// A command names a placeholder that does not exist.
  record UnknownPlaceholder(String release, String argument) implements ProcessProblem {
    @Override
    public String code() {
      return "unknown-placeholder";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "The command of release " + release + " has the argument '" + argument + "'";
    }

    @Override
    public String why() {
      return "Only {java} and {folder} can be filled in; an instance reads everything else from its"
          + " instance file.";
    }

    @Override
    public String fix() {
      return "Remove the placeholder from the command in release.yaml and create a new release.";
    }
  }

  /// A file or folder below the data folder cannot be read or written.
  record DataFolderUnusable(Path path, String message) implements ProcessProblem {
    @Override
    public String code() {
      return "data-folder-unusable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "Working with " + path + " failed: " + message;
    }

    @Override
    public String why() {
      return "What runs is recorded there before it is started, so that it can be found again.";
    }

    @Override
    public String fix() {
      return "Make room on the disk and give the folder to the user that runs `tranche up`, then"
          + " try again.";
    }
  }

  /// A process is still there after it was ended by force.
  record ProcessNotEnded(String process, long pid) implements ProcessProblem {
    @Override
    public String code() {
      return "process-not-ended";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return process + " (process " + pid + ") is still there after SIGKILL";
    }

    @Override
    public String why() {
      return "The operating system holds it, most often because a disk or network file system does"
          + " not answer.";
    }

    @Override
    public String fix() {
      return "Look at the process with `ps -o pid,stat,wchan -p " + pid + "`, then try again.";
    }
  }
}
