package tranche.config.yaml;

import java.util.List;
import java.util.Map;
import tranche.config.problem.Where;

/// A piece of a YAML file that knows where it stands.
public sealed interface YamlNode {
  /// Where it begins.
  Where where();

  /// A text as written; `style` tells whether it could also be a number, a boolean or nothing.
  record Scalar(Where where, String text, Style style) implements YamlNode {
    /// Whether this is no value: left out, `null` or `~`.
    public boolean isNull() {
      return style == Style.PLAIN && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }
  }

  /// A list.
  record Sequence(Where where, List<YamlNode> items) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// A map, in the order of the file; `keys` are the places of its keys.
  record Mapping(Where where, Map<String, YamlNode> entries, Map<String, Where> keys)
      implements YamlNode {}

  /// How a scalar is written.
  enum Style {
    /// Without quotes.
    PLAIN,
    /// In quotes or as a block: always a text.
    QUOTED
  }
}
