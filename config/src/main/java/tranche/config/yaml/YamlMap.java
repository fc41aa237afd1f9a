package tranche.config.yaml;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Where;
import tranche.core.problem.ProblemException;

/// A map whose keys are known. Reading it reports every key that is not.
public final class YamlMap {
  private final String path;
  private final YamlNode.Mapping mapping;
  private final List<String> known;
  private final YamlValue self;

  YamlMap(YamlValue self, YamlNode.Mapping mapping, List<String> known) {
    this.path = self.isRoot() ? "" : self.key() + ".";
    this.mapping = mapping;
    this.known = known;
    this.self = self;
    mapping
        .keys()
        .forEach((key, where) -> {
          if (!known.contains(key)) {
            self.findings().add(new ConfigProblem.UnknownKey(where, key, known));
          }
        });
  }

  /// Where the map begins.
  public Where where() {
    return mapping.where();
  }

  /// Refuses keys that have no meaning together with the others.
  ///
  /// @throws ProblemException [ConfigProblem.UnknownKey] for the first key beside the allowed ones
  public void only(String... allowed) {
    List<String> meant = List.of(allowed);
    known.stream()
        .filter(key -> !meant.contains(key) && optional(key).isPresent())
        .findFirst()
        .ifPresent(key -> {
          Where where = Objects.requireNonNull(mapping.keys().get(key));
          throw new ConfigProblem.UnknownKey(where, key, meant).exception();
        });
  }

  /// The value of a key; empty when it is absent or has no value.
  public Optional<YamlValue> optional(String key) {
    if (!known.contains(key)) {
      throw new IllegalArgumentException("key " + key + " is read and not declared: " + known);
    }
    return Optional.ofNullable(mapping.entries().get(key))
        .filter(node -> !(node instanceof YamlNode.Scalar scalar && scalar.isNull()))
        .map(node -> new YamlValue(path + key, node, self.findings()));
  }

  /// The value of a key that must be there; `form` says what it looks like, for the fix.
  ///
  /// @throws ProblemException [ConfigProblem.MissingKey]
  public YamlValue required(String key, String form) {
    return optional(key)
        .orElseThrow(() -> new ConfigProblem.MissingKey(where(), path + key, form).exception());
  }
}
