package tranche.postgres.adopt;

import java.util.List;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with the history that another tool keeps of a store.
public sealed interface AdoptProblem extends Problem {
  /// The other tool's history does not go with the folder of migrations.
  record ForeignHistoryDiffers(StoreId store, String tool, List<String> reasons)
      implements AdoptProblem {
    public ForeignHistoryDiffers {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String code() {
      return "foreign-history-differs";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      String more = reasons.size() > 1 ? " (and " + (reasons.size() - 1) + " more)" : "";
      return "The history that "
          + tool
          + " keeps of store "
          + store
          + " does not go with the folder: "
          + reasons.getFirst()
          + more;
    }

    @Override
    public String why() {
      return "Tranche takes over what the other tool has run only if it knows which migrations that"
          + " was; nothing was changed.";
    }

    @Override
    public String fix() {
      return "Use the folder that the store was migrated from, or repair the history with the tool"
          + " that keeps it; `tranche schema adopt --dry-run` lists every reason.";
    }
  }

  /// The other tool's history cannot be read.
  record ForeignHistoryUnreadable(String place, String message) implements AdoptProblem {
    @Override
    public String code() {
      return "foreign-history-unreadable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The histories of other tools in " + place + " cannot be read: " + message;
    }

    @Override
    public String why() {
      return "What another tool has run is known only from its own table.";
    }

    @Override
    public String fix() {
      return "Let the role that migrates read the table (GRANT SELECT), then run the command"
          + " again.";
    }
  }
}
