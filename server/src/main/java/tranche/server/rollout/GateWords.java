package tranche.server.rollout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tranche.core.policy.ContractPolicy;
import tranche.core.policy.Gates;
import tranche.core.policy.Strategy;
import tranche.core.policy.Verification;
import tranche.core.rollout.Batch;
import tranche.core.rollout.PlannedTranche;

/// Gates and strategies in words.
final class GateWords {
  private GateWords() {}

  /// The gates of a tranche. Where nothing runs yet there is no traffic to protect: an installation
  /// is verified, and waits for nothing else.
  static List<String> of(PlannedTranche tranche) {
    boolean isInstallation = tranche.batches().stream().allMatch(Batch::isInstallation);
    Gates gates = tranche.gates();
    return of(
        isInstallation
            ? new Gates(Optional.empty(), gates.verify(), Duration.ZERO, Optional.empty())
            : gates);
  }

  private static List<String> of(Gates gates) {
    List<String> words = new ArrayList<>();
    gates.approval().ifPresent(who -> words.add("approval (" + who + ")"));
    if (gates.verify().isOn()) {
      boolean isEverybody = gates.verify().equals(Verification.EVERY_TENANT);
      words.add(
          isEverybody ? "verify" : "verify " + gates.verify().tenantsPerBatch() + " per batch");
    }
    if (!gates.bake().isZero()) {
      words.add("bake " + Words.of(gates.bake()));
    }
    gates
        .verdict()
        .ifPresent(c ->
            words.add(
                "verdict: errors < "
                    + Words.percent(c.errorRateLimit())
                    + " of at least "
                    + Words.count(c.minRequests(), "request")));
    return words;
  }

  static List<String> of(ContractPolicy contract) {
    List<String> words = new ArrayList<>();
    words.add("revert window " + Words.of(contract.revertWindow()));
    contract.approval().ifPresent(who -> words.add("approval (" + who + ")"));
    return words;
  }

  /// How the traffic of a batch moves.
  static String of(Batch batch) {
    return batch.isInstallation() ? "install" : of(batch.policy().strategy());
  }

  private static String of(Strategy strategy) {
    String each = strategy.weights().size() > 1 ? " each" : "";
    String bake = strategy.bake().isZero() ? "" : ", bake " + Words.of(strategy.bake()) + each;
    return switch (strategy) {
      case Strategy.Canary(var weights, _) ->
          strategy.word()
              + " "
              + weights.stream().map(String::valueOf).collect(Collectors.joining("/"))
              + bake;
      case Strategy.BlueGreen _, Strategy.Individual _ -> strategy.word() + bake;
    };
  }
}
