package tranche.engine.delivery;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can go wrong with instances and traffic.
public sealed interface DeliveryProblem extends Problem {
  /// Whether the same attempt can succeed later without anybody changing anything.
  default boolean canPass() {
    return false;
  }

  /// An instance did not become ready within its progress deadline.
  record NotReadyInTime(String arm, long seconds, String lastSeen) implements DeliveryProblem {
    @Override
    public String code() {
      return "not-ready-in-time";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return arm + " was not ready after " + seconds + " s; last seen: " + lastSeen;
    }

    @Override
    public String why() {
      return "An arm gets no traffic before all its instances answer that they can serve.";
    }

    @Override
    public String fix() {
      return "Read the instance's log (the path is in `tranche rollout explain`), ship a corrected"
          + " release or raise the limit, then run `tranche rollout retry`.";
    }
  }

  /// An instance ended again and again.
  record CrashLoop(String arm, int exits, String lastLines) implements DeliveryProblem {
    @Override
    public String code() {
      return "crash-loop";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return arm + " ended " + exits + " times while starting; its last words: " + lastLines;
    }

    @Override
    public String why() {
      return "Starting it once more would end the same way.";
    }

    @Override
    public String fix() {
      return "Correct the cause in a new release, then run `tranche rollout retry`, `revert` or"
          + " `cancel`.";
    }
  }

  /// A file of the artifact is not the one that was released.
  record ArtifactChanged(String release, String file) implements DeliveryProblem {
    @Override
    public String code() {
      return "artifact-changed";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "File " + file + " of release " + release + " is missing or was changed";
    }

    @Override
    public String why() {
      return "All tenants of a release must run the same bytes, those that were hashed when it was"
          + " created.";
    }

    @Override
    public String fix() {
      return "Restore the file, or create a new release from the changed folder.";
    }
  }

  /// The router does not answer, or refuses.
  record RouterUnreachable(String address, String message) implements DeliveryProblem {
    @Override
    public boolean canPass() {
      return true;
    }

    @Override
    public String code() {
      return "router-unreachable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "The gateway at " + address + " did not apply or answer a request: " + message;
    }

    @Override
    public String why() {
      return "Without its confirmation nothing is known about the traffic, so nothing goes on.";
    }

    @Override
    public String fix() {
      return "It is tried again by itself; read the gateway's log if it goes on.";
    }
  }

  /// A process with a lower fencing number tried to change instances or traffic.
  record StaleController(String place, long epoch) implements DeliveryProblem {
    @Override
    public String code() {
      return "stale-controller";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return place + " refused a change with fencing number " + epoch;
    }

    @Override
    public String why() {
      return "A control plane with a higher number has taken over.";
    }

    @Override
    public String fix() {
      return "Use the control plane that holds the lease.";
    }
  }

  /// What is observed is not what was intended.
  record NotAsIntended(String subject, String intended, String observed)
      implements DeliveryProblem {
    @Override
    public boolean canPass() {
      return true;
    }

    @Override
    public String code() {
      return "not-as-intended";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.FAILED;
    }

    @Override
    public String what() {
      return subject + " is " + observed + ", intended is " + intended;
    }

    @Override
    public String why() {
      return "A step counts as done only when what is observed equals the intent.";
    }

    @Override
    public String fix() {
      return "It is tried again by itself; if it goes on, look for another process that changes the"
          + " same place.";
    }
  }
}
