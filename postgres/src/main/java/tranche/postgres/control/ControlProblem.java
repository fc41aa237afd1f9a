package tranche.postgres.control;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with the control database.
public sealed interface ControlProblem extends Problem {
  /// Everything here lies in the surroundings.
  @Override
  default ProblemKind kind() {
    return ProblemKind.ENVIRONMENT;
  }

  /// The database does not answer, or not in time. What was being written is not written.
  ///
  /// @param where the JDBC URL without its parameters
  /// @param reason what the driver or server said
  record ControlStoreUnavailable(String where, String reason) implements ControlProblem {
    @Override
    public String code() {
      return "control-store-unavailable";
    }

    @Override
    public String what() {
      return "The control database at " + where + " does not serve: " + reason;
    }

    @Override
    public String why() {
      return "Nothing is decided without writing it down first; traffic and instances go on as they"
          + " are meanwhile.";
    }

    @Override
    public String fix() {
      return "Make the database reachable with the configured user and password; a control plane"
          + " that runs goes on by itself, another one is started again with `tranche up`.";
    }
  }

  /// The connection broke while a change was being committed and the database cannot be asked.
  ///
  /// @param where the JDBC URL without its parameters
  /// @param reason what the driver or server said
  record CommitUnknown(String where, String reason) implements ControlProblem {
    @Override
    public String code() {
      return "commit-unknown";
    }

    @Override
    public String what() {
      return "Whether the last change was written to the control database at "
          + where
          + " is not known: "
          + reason;
    }

    @Override
    public String why() {
      return "The connection broke during the commit, and the database could not be asked"
          + " afterwards.";
    }

    @Override
    public String fix() {
      return "Make the database reachable; then read the journal again before writing on.";
    }
  }

  /// The database was upgraded by a newer Tranche.
  record ControlStoreIsNewer(int found, int known) implements ControlProblem {
    @Override
    public String code() {
      return "control-store-is-newer";
    }

    @Override
    public String what() {
      return "The control database has version " + found + "; this Tranche knows " + known;
    }

    @Override
    public String why() {
      return "A newer Tranche upgraded it and may have recorded what this one cannot understand.";
    }

    @Override
    public String fix() {
      return "Start the newer Tranche, or restore the backup made before the upgrade.";
    }
  }

  /// The upgrade recorded under a version is not the one that this Tranche has.
  record ControlStoreDiffers(int version, String recorded, String known) implements ControlProblem {
    @Override
    public String code() {
      return "control-store-differs";
    }

    @Override
    public String what() {
      return "Version "
          + version
          + " of the control database was made by another script ("
          + recorded
          + ") than this Tranche has ("
          + known
          + ")";
    }

    @Override
    public String why() {
      return "The database belongs to a build that was never released, so its tables may differ.";
    }

    @Override
    public String fix() {
      return "Start the build that made the database, or give this one an empty database.";
    }
  }
}
