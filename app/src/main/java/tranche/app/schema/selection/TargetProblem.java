package tranche.app.schema.selection;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with saying which stores are meant.
sealed interface TargetProblem extends Problem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// A `--url` is not understood.
  record UrlMalformed(String url, String reason) implements TargetProblem {
    @Override
    public String code() {
      return "url-malformed";
    }

    @Override
    public String what() {
      return "The URL " + url + " cannot be used: " + reason;
    }

    @Override
    public String why() {
      return "Only host, port, database, user and sslmode are taken from a URL. Whatever else a"
          + " driver would take from it could change what is connected to, and how.";
    }

    @Override
    public String fix() {
      return "Write it like --url 'postgresql://migrator@db.example.com:5432/app?sslmode=require'.";
    }
  }

  /// A `--url` has a password.
  record PasswordInUrl(String url) implements TargetProblem {
    @Override
    public String code() {
      return "password-in-url";
    }

    @Override
    public String what() {
      return "The URL " + url + " has a password in it";
    }

    @Override
    public String why() {
      return "Everybody on this machine can read the arguments of a running command, and shells"
          + " keep them in their history. Nothing was connected to.";
    }

    @Override
    public String fix() {
      return "Leave it out and set PGPASSWORD, name a file with --password-file, or put it into"
          + " ~/.pgpass. Change the password if others may have seen it.";
    }
  }

  /// Options that do not go together.
  record Contradiction(String options, String reason, String instead) implements TargetProblem {
    @Override
    public String code() {
      return "target-contradicts-itself";
    }

    @Override
    public String what() {
      return options + " do not go together: " + reason;
    }

    @Override
    public String why() {
      return "It is not clear which stores are meant, and a guess could change others.";
    }

    @Override
    public String fix() {
      return instead;
    }
  }

  /// Nothing says which stores are meant.
  record NoTarget(String config) implements TargetProblem {
    @Override
    public String code() {
      return "no-target";
    }

    @Override
    public String what() {
      return "No stores are named: there is no --url, and no file " + config;
    }

    @Override
    public String why() {
      return "A schema command works on the stores of a tranche.yaml, or on what a URL and a"
          + " pattern name.";
    }

    @Override
    public String fix() {
      return "Add --url postgresql://user@host:port/database with --schemas 'tenant_*' or"
          + " --databases 'tenant_*', or name a configuration with --config FILE.";
    }
  }

  /// No store has a name of that form.
  record NoStoreMatches(String wanted, String looked, String found) implements TargetProblem {
    @Override
    public String code() {
      return "no-store-matches";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "Nothing matches " + wanted + " " + looked + ", which has " + found;
    }

    @Override
    public String why() {
      return "A run over no store would look like one that succeeded.";
    }

    @Override
    public String fix() {
      return "Correct the pattern: % and * stand for any characters, ? for one. Put it in quotes,"
          + " so that the shell leaves it alone.";
    }
  }

  /// The fleet has stores, but none that may be touched was selected.
  record NothingLeft(String config, String reasons) implements TargetProblem {
    @Override
    public String code() {
      return "no-store-left";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.NOT_FOUND;
    }

    @Override
    public String what() {
      return "No store of the fleet in " + config + " is left to work on: " + reasons;
    }

    @Override
    public String why() {
      return "A run over no store would look like one that succeeded.";
    }

    @Override
    public String fix() {
      return "Select other tenants with -l or --tenant, or take in what is left out with"
          + " --include.";
    }
  }

  /// The embedded server of a fleet does not run.
  record EmbeddedServerDown(String folder) implements TargetProblem {
    @Override
    public String code() {
      return "embedded-server-not-running";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The embedded PostgreSQL of data folder " + folder + " does not run";
    }

    @Override
    public String why() {
      return "A schema command uses the server that runs; it neither starts nor stops one.";
    }

    @Override
    public String fix() {
      return "Start it with `tranche up`, then try again; with `--data FOLDER` if it was started on"
          + " another folder.";
    }
  }

  /// A password file of libpq's form that others can read.
  record PassfileExposed(String file) implements TargetProblem {
    @Override
    public String code() {
      return "passfile-exposed";
    }

    @Override
    public String what() {
      return "Password file " + file + " can be read by others than its owner";
    }

    @Override
    public String why() {
      return "PostgreSQL's own programs pass over such a file as well: a password that others can"
          + " read protects nothing.";
    }

    @Override
    public String fix() {
      return "Run `chmod 600 " + file + "`, and change the password if others may have seen it.";
    }
  }
}
