package tranche.server.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tranche.core.policy.ContractPolicy;
import tranche.core.policy.Gates;
import tranche.core.policy.Strategy;
import tranche.core.policy.Verification;

/// Gates and strategies in words.
final class GateWords {
  private GateWords() {}

  static List<String> of(Gates gates) {
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
        .ifPresent(
            c ->
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

  static String of(Strategy strategy) {
    String each = strategy.weights().size() > 1 ? " each" : "";
    String bake =
        strategy.bake().isZero() ? "" : ", bake " + Words.of(strategy.bake()) + each;
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
