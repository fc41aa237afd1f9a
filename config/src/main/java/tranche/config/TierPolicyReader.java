package tranche.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.policy.FailureBudget;
import tranche.core.policy.OnUnhealthy;
import tranche.core.policy.Strategy;
import tranche.core.policy.TierPolicy;

/// Reads how the tenants of a tier are moved: `strategy`, `failure_budget`, `on_unhealthy`.
final class TierPolicyReader {
  private static final Map<String, OnUnhealthy> ON_UNHEALTHY =
      Map.of("halt", OnUnhealthy.HALT, "revert", OnUnhealthy.REVERT);
  private static final List<Integer> WEIGHTS = List.of(10, 50, 100);

  private enum Type {
    CANARY,
    BLUE_GREEN,
    INDIVIDUAL
  }

  private static final Map<String, Type> TYPES =
      Map.of("canary", Type.CANARY, "blue-green", Type.BLUE_GREEN, "individual", Type.INDIVIDUAL);

  private TierPolicyReader() {}

  static TierPolicy read(String name, YamlMap map) {
    return new TierPolicy(
        name,
        map.optional("strategy")
            .map(TierPolicyReader::strategy)
            .orElseGet(() -> new Strategy.BlueGreen(Duration.ZERO)),
        map.optional("failure_budget").map(TierPolicyReader::budget).orElse(FailureBudget.NONE),
        map.optional("on_unhealthy").map(v -> v.choice(ON_UNHEALTHY)).orElse(OnUnhealthy.HALT));
  }

  private static Strategy strategy(YamlValue value) {
    YamlMap map = value.map("type", "weights", "bake");
    Type type = map.required("type", "canary, blue-green or individual").choice(TYPES);
    Duration bake = map.optional("bake").map(YamlValue::duration).orElse(Duration.ZERO);
    Optional<YamlValue> weights = map.optional("weights");
    if (type != Type.CANARY) {
      map.only("type", "bake");
    }
    return switch (type) {
      case CANARY ->
          new Strategy.Canary(weights.map(TierPolicyReader::weights).orElse(WEIGHTS), bake);
      case BLUE_GREEN -> new Strategy.BlueGreen(bake);
      case INDIVIDUAL -> new Strategy.Individual(bake);
    };
  }

  private static List<Integer> weights(YamlValue value) {
    List<Integer> weights = value.list().stream().map(v -> v.integer(1, 100)).toList();
    boolean isRising = !weights.isEmpty() && weights.getLast() == 100;
    for (int i = 1; i < weights.size(); i++) {
      isRising &= weights.get(i) > weights.get(i - 1);
    }
    if (!isRising) {
      throw value.wrong("weights in percent that rise and end at 100, such as [10, 50, 100]");
    }
    return weights;
  }

  private static FailureBudget budget(YamlValue value) {
    YamlMap map = value.map("share", "count");
    return new FailureBudget(
        map.optional("share").map(YamlValue::share).orElse(0.0),
        map.optional("count").map(v -> v.integer(0, 100_000)).orElse(0));
  }
}
