package tranche.config.yaml;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.problem.Where;
import tranche.core.problem.ProblemException;

/// A value under a key, to be read as what it should be. All methods throw a [ProblemException]
/// with [ConfigProblem.WrongValue] or [ConfigProblem.WrongStructure] when it is something else.
public final class YamlValue {
  private static final String ROOT = "the file";
  private static final int MAX_TEXT = 4096;
  private static final int MAX_BLOCK = 65_536;

  private final String key;
  private final YamlNode node;
  private final Findings findings;

  YamlValue(String key, YamlNode node, Findings findings) {
    this.key = key;
    this.node = node;
    this.findings = findings;
  }

  /// The keys that lead here, for instance `gateway.listen`.
  public String key() {
    return key;
  }

  /// Where it stands.
  public Where where() {
    return node.where();
  }

  /// What it is.
  public YamlNode node() {
    return node;
  }

  Findings findings() {
    return findings;
  }

  boolean isRoot() {
    return key.equals(ROOT);
  }

  /// A text of 1 to 4,096 characters without control characters, as written in the file.
  public String text() {
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
      throw structure("a single text");
    }
    String text = scalar.text();
    if (text.isBlank()
        || text.length() > MAX_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      throw wrong("a text of 1 to " + MAX_TEXT + " characters on one line");
    }
    return text;
  }

  /// A text of 1 to 65,536 characters that may have several lines.
  public String block() {
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
      throw structure("a text");
    }
    if (scalar.text().isBlank() || scalar.text().length() > MAX_BLOCK) {
      throw wrong("a text of 1 to " + MAX_BLOCK + " characters");
    }
    return scalar.text();
  }

  /// A text that fulfils a condition, which `expected` describes.
  public String text(Predicate<String> condition, String expected) {
    String text = text();
    if (!condition.test(text)) {
      throw wrong(expected);
    }
    return text;
  }

  /// A whole number of that range, both ends included.
  public int integer(int from, int to) {
    String text = text();
    if (text.matches("-?[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= from && number <= to) {
        return number;
      }
    }
    throw wrong("a whole number from " + from + " to " + to);
  }

  /// A time span such as `2s`, up to 365 days.
  public Duration duration() {
    return Amounts.duration(text()).orElseThrow(() -> wrong(Amounts.DURATION));
  }

  /// A share from 0 to 1, written `0.5%` or `0.005`.
  public double share() {
    return Amounts.share(text()).orElseThrow(() -> wrong(Amounts.SHARE));
  }

  /// One of some words, and what it stands for.
  public <T> T choice(Map<String, T> words) {
    T chosen = words.get(text());
    if (chosen == null) {
      throw wrong(words.keySet().stream().sorted().reduce((a, b) -> a + " or " + b).orElseThrow());
    }
    return chosen;
  }

  /// A list, in its order.
  public List<YamlValue> list() {
    if (!(node instanceof YamlNode.Sequence(Where _, List<YamlNode> items))) {
      throw structure("a list");
    }
    List<YamlValue> values = new ArrayList<>();
    for (YamlNode item : items) {
      values.add(new YamlValue(key + "[" + (values.size() + 1) + "]", item, findings));
    }
    return values;
  }

  /// A list of texts.
  public List<String> texts() {
    return list().stream().map(YamlValue::text).toList();
  }

  /// A map with those keys and no others.
  public YamlMap map(String... keys) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      throw structure("a map with the keys " + String.join(", ", keys));
    }
    return new YamlMap(this, mapping, List.of(keys));
  }

  /// A map whose keys are names that the operator chose, in the order of the file.
  public Map<String, YamlValue> entries() {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      throw structure("a map");
    }
    Map<String, YamlValue> entries = new LinkedHashMap<>();
    mapping.entries().forEach((k, v) -> entries.put(k, new YamlValue(key + "." + k, v, findings)));
    return Collections.unmodifiableMap(entries);
  }

  /// The problem that this value is not what is expected.
  public ProblemException wrong(String expected) {
    return new ConfigProblem.WrongValue(where(), key, shown(node), expected).exception();
  }

  // Of maps only the keys: a value below them may be a password in the wrong place.
  private static String shown(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> scalar.text();
      case YamlNode.Sequence(Where _, List<YamlNode> items) ->
          items.stream().map(YamlValue::shown).collect(joining(", ", "[", "]"));
      case YamlNode.Mapping mapping ->
          mapping.keys().keySet().stream().map(k -> k + ": ...").collect(joining(", ", "{", "}"));
    };
  }

  private ProblemException structure(String expected) {
    String found =
        switch (node) {
          case YamlNode.Scalar scalar -> scalar.isNull() ? "empty" : "a single text";
          case YamlNode.Sequence _ -> "a list";
          case YamlNode.Mapping _ -> "a map";
        };
    return new ConfigProblem.WrongStructure(where(), key, found, expected).exception();
  }
}
