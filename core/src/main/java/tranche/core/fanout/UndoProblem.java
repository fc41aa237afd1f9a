package tranche.core.fanout;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Objects;
import tranche.core.migration.MigrationKey;
import tranche.core.problem.ProblemKind;

/// Why migrations cannot be taken back.
public sealed interface UndoProblem extends NeedProblem {
  @Override
  default ProblemKind kind() {
    return ProblemKind.REFUSED_BY_POLICY;
  }

  /// Why one migration cannot be taken back.
  record Reason(MigrationKey key, String why) {
    public Reason {
      Objects.requireNonNull(key);
      Objects.requireNonNull(why);
    }
  }

  /// For some migrations nobody knows what takes them back.
  record UndoUnknown(List<Reason> reasons) implements UndoProblem {
    public UndoUnknown {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String code() {
      return "undo-unknown";
    }

    @Override
    public String what() {
      return reasons.stream()
          .limit(10)
          .map(r -> r.key() + " cannot be taken back: " + r.why())
          .collect(joining("; "));
    }

    @Override
    public String why() {
      return "There was no script for it when it was applied, and none follows from its"
          + " statements.";
    }

    @Override
    public String fix() {
      return "Revert only what came later, or put right what is wrong with a new migration.";
    }
  }

  /// Taking back would lose data.
  record UndoLosesData(List<String> losses) implements UndoProblem {
    public UndoLosesData {
      losses = List.copyOf(losses);
    }

    @Override
    public String code() {
      return "undo-loses-data";
    }

    @Override
    public String what() {
      return "Taking back would lose data: " + losses.stream().limit(10).collect(joining("; "));
    }

    @Override
    public String why() {
      return "What was written since is only in what would be removed.";
    }

    @Override
    public String fix() {
      return "Back the data up if it matters, then repeat the command with `--accept-data-loss`.";
    }
  }

  /// What should be taken back has later migrations on top that should stay.
  record NotTheLatest(MigrationKey oldest, List<MigrationKey> staying) implements UndoProblem {
    public NotTheLatest {
      staying = List.copyOf(staying);
    }

    @Override
    public String code() {
      return "revert-not-latest";
    }

    @Override
    public String what() {
      return oldest
          + " was applied before "
          + staying.stream().limit(10).map(Object::toString).collect(joining(", "))
          + ", which would stay";
    }

    @Override
    public String why() {
      return "Later migrations may be built on earlier ones; they are taken back in reverse order.";
    }

    @Override
    public String fix() {
      return "Revert down to the version before " + oldest + ", which takes the later ones too.";
    }
  }
}
