package tranche.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import tranche.config.database.DatabaseConfig;
import tranche.config.database.DatabaseReader;
import tranche.config.database.PasswordReader;
import tranche.config.files.FilePattern;
import tranche.config.fleet.FleetConfig;
import tranche.config.fleet.SourcesReader;
import tranche.config.fleet.TenantSource;
import tranche.config.fleet.TierConfig;
import tranche.config.fleet.TierReader;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.verify.SuiteFile;
import tranche.config.yaml.YamlFile;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.policy.ContractPolicy;
import tranche.core.policy.RolloutPolicy;
import tranche.core.policy.TierPolicy;
import tranche.core.policy.TranchePolicy;
import tranche.core.problem.ProblemException;
import tranche.core.verify.Suite;

/// Reads `tranche.yaml` and the files that it names, except the list of tenants.
public final class ConfigReader {
  static final String[] KEYS = {
    "deployment_strategy",
    "data",
    "server",
    "gateway",
    "store",
    "databases",
    "tenant_tiers",
    "tenants",
    "tranches",
    "contract",
    "verify",
    "limits",
    "schema"
  };
  static final String[] TIER_KEYS = {
    "placement", "cell", "instances", "sticky", "strategy", "failure_budget", "on_unhealthy"
  };

  private record Tier(TierConfig config, TierPolicy policy) {}

  private final Path file;
  private final Path folder;
  private final DatabaseReader databases;
  private final Findings findings = new Findings();

  private ConfigReader(Path file, Map<String, String> environment) {
    this.file = file;
    this.folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    this.databases = new DatabaseReader(new PasswordReader(folder, environment));
  }

  /// The configuration in a file. `environment` is where `password_env` looks.
  ///
  /// @throws ProblemException [ConfigProblem]: the only one, or several in one
  public static TrancheConfig read(Path file, Map<String, String> environment) {
    ConfigReader reader = new ConfigReader(file, environment);
    YamlMap root = YamlFile.read(file, reader.findings).map(KEYS);
    return reader.read(root);
  }

  private TrancheConfig read(YamlMap root) {
    Optional<ControlPlane> controlPlane = findings.attempt(() -> controlPlane(root));
    Optional<About> about = attempt(root, "deployment_strategy", ServiceReader::about);
    Optional<GatewayConfig> gateway = attempt(root, "gateway", ServiceReader::gateway);
    Optional<Limits> limits = attempt(root, "limits", ServiceReader::limits);
    Optional<SchemaConfig> schema =
        findings.attempt(() -> SchemaReader.schema(root.optional("schema"), folder));
    Map<String, DatabaseConfig> declared = named(root, "databases", databases::database);
    Map<String, Tier> tiers = tiers(root);
    Optional<List<TenantSource>> sources = findings.attempt(() -> sources(root));
    Optional<List<TranchePolicy>> ladder = findings.attempt(() -> ladder(root));
    Optional<ContractPolicy> contract = findings.attempt(() -> contract(root));
    Optional<YamlValue> patterns = findings.attempt(() -> suitePatterns(root)).flatMap(v -> v);
    Optional<List<Suite>> suites = findings.attempt(() -> suites(patterns));
    if (patterns.isEmpty()) {
      ladder.flatMap(LadderReader::verifying).ifPresent(t -> requireSuites(root, t));
    }
    findings.throwIfAny();
    return new TrancheConfig(
        file,
        about.orElseThrow(),
        controlPlane.orElseThrow(),
        gateway.orElseThrow(),
        new FleetConfig(declared, values(tiers, Tier::config), sources.orElseThrow()),
        new RolloutPolicy(
            ladder.orElseThrow(), values(tiers, Tier::policy), contract.orElseThrow()),
        suites.orElseThrow(),
        limits.orElseThrow(),
        schema.orElseThrow());
  }

  private <T> Optional<T> attempt(
      YamlMap root, String key, Function<Optional<YamlValue>, T> reading) {
    return findings.attempt(() -> reading.apply(root.optional(key)));
  }

  private ControlPlane controlPlane(YamlMap root) {
    return new ControlPlane(
        ServiceReader.data(root.optional("data"), folder),
        ServiceReader.server(root.optional("server")),
        root.optional("store").map(databases::store));
  }

  private Map<String, Tier> tiers(YamlMap root) {
    TierReader placements = new TierReader(keys(root, "databases"));
    return named(
            root,
            "tenant_tiers",
            (name, value) -> {
              if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
                throw value.wrong("a tier under a name of letters, digits, '-' and '_'");
              }
              YamlMap map = value.map(TIER_KEYS);
              Optional<TierConfig> config = findings.attempt(() -> placements.read(name, map));
              TierPolicy policy = TierPolicyReader.read(name, map);
              return config.map(c -> new Tier(c, policy));
            })
        .entrySet()
        .stream()
        .filter(e -> e.getValue().isPresent())
        .collect(
            LinkedHashMap::new,
            (all, e) -> all.put(e.getKey(), e.getValue().orElseThrow()),
            LinkedHashMap::putAll);
  }

  private <T> Map<String, T> named(
      YamlMap root, String key, BiFunction<String, YamlValue, T> reading) {
    Map<String, T> all = new LinkedHashMap<>();
    findings
        .attempt(() -> entries(root.required(key, "at least one entry")))
        .orElse(Map.of())
        .forEach((name, value) ->
            findings.attempt(() -> reading.apply(name, value)).ifPresent(t -> all.put(name, t)));
    return all;
  }

  private static Map<String, YamlValue> entries(YamlValue section) {
    if (section.entries().isEmpty()) {
      throw section.wrong("at least one entry");
    }
    return section.entries();
  }

  // What is wrong with a section is reported where it is read; here only its names count.
  private static Set<String> keys(YamlMap root, String key) {
    return root.optional(key)
        .filter(v -> v.node() instanceof tranche.config.yaml.YamlNode.Mapping)
        .map(v -> v.entries().keySet())
        .orElse(Set.of());
  }

  private List<TenantSource> sources(YamlMap root) {
    return new SourcesReader(folder, keys(root, "databases"), findings)
        .read(root.required("tenants", "csv, inline or sql"));
  }

  private List<TranchePolicy> ladder(YamlMap root) {
    return new LadderReader(keys(root, "tenant_tiers"), findings)
        .ladder(root.required("tranches", "a list of at least one tranche"));
  }

  private static ContractPolicy contract(YamlMap root) {
    return root.optional("contract")
        .map(LadderReader::contract)
        .orElseGet(() -> new ContractPolicy(Duration.ZERO, Optional.empty()));
  }

  private static Optional<YamlValue> suitePatterns(YamlMap root) {
    return root.optional("verify").flatMap(v -> v.map("suites").optional("suites"));
  }

  private List<Suite> suites(Optional<YamlValue> patterns) {
    Set<Path> files = new TreeSet<>();
    patterns
        .map(YamlValue::list)
        .orElse(List.of())
        .forEach(pattern -> files.addAll(matching(pattern)));
    List<Suite> suites = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path suiteFile : files) {
      findings.attempt(() -> suite(suiteFile, names)).ifPresent(suites::add);
    }
    return suites;
  }

  private List<Path> matching(YamlValue pattern) {
    List<Path> files = FilePattern.expand(folder, pattern.text());
    if (files.isEmpty()) {
      findings.add(
          new ConfigProblem.MissingFile(
              Optional.of(pattern.where()), pattern.key(), folder.resolve(pattern.text())));
    }
    return files;
  }

  private Suite suite(Path suiteFile, Set<String> names) {
    Suite suite = SuiteFile.read(suiteFile, findings);
    if (!names.add(suite.name())) {
      throw new ConfigProblem.WrongValue(
              tranche.config.problem.Where.file(suiteFile.toString()),
              "name",
              suite.name(),
              "a name that no other suite has")
          .exception();
    }
    return suite;
  }

  // A gate without anything to check would pass without having looked.
  private void requireSuites(YamlMap root, TranchePolicy verifying) {
    String form = "[\"verify/*.yaml\"], because tranche " + verifying.name() + " verifies";
    findings.add(new ConfigProblem.MissingKey(root.where(), "verify.suites", form));
  }

  private static <A, B> Map<String, B> values(Map<String, A> map, Function<A, B> part) {
    Map<String, B> parts = new LinkedHashMap<>();
    map.forEach((key, value) -> parts.put(key, part.apply(value)));
    return parts;
  }
}
