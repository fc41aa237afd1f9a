package tranche.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.config.problem.Findings;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.judge.Criteria;
import tranche.core.policy.Cohort;
import tranche.core.policy.ContractPolicy;
import tranche.core.policy.Gates;
import tranche.core.policy.TranchePolicy;
import tranche.core.policy.Verification;

/// Reads `tranches` and `contract`.
final class LadderReader {
  private static final int MAX_BATCH = 100_000;
  private static final String NAME = "[a-z0-9][a-z0-9_-]{0,62}";

  private final Set<String> tiers;
  private final Findings findings;
  private final Set<String> names = new HashSet<>();

  LadderReader(Set<String> tiers, Findings findings) {
    this.tiers = tiers;
    this.findings = findings;
  }

  List<TranchePolicy> ladder(YamlValue value) {
    List<YamlValue> list = value.list();
    if (list.isEmpty()) {
      throw value.wrong("a list of at least one tranche");
    }
    return findings.each(list, this::tranche);
  }

  static ContractPolicy contract(YamlValue value) {
    YamlMap map = value.map("after", "approval");
    return new ContractPolicy(
        map.optional("after").map(YamlValue::duration).orElse(Duration.ZERO),
        map.optional("approval").map(YamlValue::text));
  }

  private TranchePolicy tranche(YamlValue value) {
    YamlMap map = value.map("name", "select", "batch", "gates");
    // `contract` is the name under which the end of a rollout is approved.
    String name =
        map.required("name", "a name for the tranche")
            .text(
                t -> t.matches(NAME) && !t.equals("contract") && names.add(t),
                "a name of lower-case letters, digits, '-' and '_' that no other tranche has, and"
                    + " not contract");
    return new TranchePolicy(
        name,
        map.optional("select")
            .map(this::cohort)
            .orElse(new Cohort(List.of(), List.of(), List.of(), 1)),
        map.optional("batch").map(v -> v.integer(1, MAX_BATCH)).orElse(MAX_BATCH),
        map.optional("gates").map(LadderReader::gates).orElse(Gates.OPEN));
  }

  private Cohort cohort(YamlValue value) {
    YamlMap map = value.map("tiers", "regions", "tenants", "share");
    return new Cohort(
        map.optional("tiers").map(this::tiers).orElse(List.of()),
        map.optional("regions").map(YamlValue::texts).orElse(List.of()),
        map.optional("tenants").map(LadderReader::patterns).orElse(List.of()),
        map.optional("share").map(LadderReader::positiveShare).orElse(1.0));
  }

  private List<String> tiers(YamlValue value) {
    String known = "a tier of tenant_tiers: " + String.join(", ", tiers.stream().sorted().toList());
    return value.list().stream()
        .map(v -> v.text(t -> tiers.isEmpty() || tiers.contains(t), known))
        .toList();
  }

  private static List<String> patterns(YamlValue value) {
    return value.list().stream()
        .map(v ->
            v.text(
                t -> t.matches("[a-z0-9*][a-z0-9*_-]{0,62}"),
                "a tenant id, in which * stands for any characters"))
        .toList();
  }

  private static double positiveShare(YamlValue value) {
    double share = value.share();
    if (share == 0) {
      throw value.wrong("a share above 0, such as 1%");
    }
    return share;
  }

  private static Gates gates(YamlValue value) {
    YamlMap map = value.map("approval", "verify", "bake", "error_rate");
    return new Gates(
        map.optional("approval").map(YamlValue::text),
        map.optional("verify").map(LadderReader::verification).orElse(Verification.NONE),
        map.optional("bake").map(YamlValue::duration).orElse(Duration.ZERO),
        map.optional("error_rate").map(LadderReader::criteria));
  }

  private static Verification verification(YamlValue value) {
    String text =
        value.text(
            t -> t.equals("every") || t.equals("none") || t.matches("[1-9][0-9]{0,4}"),
            "every, none, or how many tenants of each batch (1 to 99999)");
    return switch (text) {
      case "every" -> Verification.EVERY_TENANT;
      case "none" -> Verification.NONE;
      default -> new Verification(Integer.parseInt(text));
    };
  }

  private static Criteria criteria(YamlValue value) {
    YamlMap map = value.map("below", "min_requests");
    return new Criteria(
        positiveShare(map.required("below", "the largest error rate that passes, such as 0.5%")),
        map.required("min_requests", "how many requests a verdict needs at least, such as 200")
            .integer(1, 100_000_000));
  }

  /// The first tranche that verifies anything.
  static Optional<TranchePolicy> verifying(List<TranchePolicy> ladder) {
    return ladder.stream().filter(t -> t.gates().verify().isOn()).findFirst();
  }
}
