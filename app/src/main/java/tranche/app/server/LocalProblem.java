package tranche.app.server;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with running a control plane here.
public sealed interface LocalProblem extends Problem {
  /// The data folder cannot be created, read or written.
  record DataFolderUnusable(String path, String message) implements LocalProblem {
    @Override
    public String code() {
      return "control-folder-unusable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The data folder cannot be used at " + path + ": " + message;
    }

    @Override
    public String why() {
      return "Journal, secrets and the embedded server are kept there; without it nothing can be"
          + " durable.";
    }

    @Override
    public String fix() {
      return "Make it writable for this user, or choose another one with `--data FOLDER` or `data:`"
          + " in tranche.yaml.";
    }
  }

  /// Another control plane uses the data folder.
  record DataFolderInUse(String path, String who) implements LocalProblem {
    @Override
    public String code() {
      return "data-folder-in-use";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Data folder " + path + " is in use by " + who;
    }

    @Override
    public String why() {
      return "One control plane at a time works on a data folder.";
    }

    @Override
    public String fix() {
      return "Use the one that runs, stop it with ctrl-C in its terminal, or choose another folder"
          + " with `--data FOLDER`.";
    }
  }

  /// A database is used that nothing declares.
  record UnknownDatabase(String database) implements LocalProblem {
    @Override
    public String code() {
      return "unknown-database";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "Database " + database + " is not declared";
    }

    @Override
    public String why() {
      return "A placement or an earlier rollout names it, but the configuration does not.";
    }

    @Override
    public String fix() {
      return "Declare it under `databases` in tranche.yaml and restart.";
    }
  }

  /// An address on the command line cannot be understood.
  record ListenAddressMalformed(String text) implements LocalProblem {
    @Override
    public String code() {
      return "listen-address-malformed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "'" + text + "' is no address to listen on";
    }

    @Override
    public String why() {
      return "An address is a host and a port from 0 to 65535 with a colon between.";
    }

    @Override
    public String fix() {
      return "Write it like 127.0.0.1:8080 or [::1]:8080.";
    }
  }
}
