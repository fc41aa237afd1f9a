package tranche.sql.effect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tranche.sql.tree.Node;

/// Options in parentheses: `(FULL, ANALYZE off)`.
final class Options {
  private static final Set<String> OFF = Set.of("false", "off", "no", "0");

  private Options() {}

  /// Whether an option is there and not switched off.
  static boolean isOn(List<Node> options, String name) {
    return options.stream()
        .filter(option -> option.text("defname").filter(name::equals).isPresent())
        .anyMatch(option -> !isOff(option.child("arg")));
  }

  /// Whether an option is there and switched off.
  static boolean isSwitchedOff(List<Node> options, String name) {
    return options.stream()
        .filter(option -> option.text("defname").filter(name::equals).isPresent())
        .anyMatch(option -> isOff(option.child("arg")));
  }

  private static boolean isOff(Optional<Node> argument) {
    if (argument.isEmpty()) {
      return false;
    }
    Node value = argument.get();
    boolean isZero = value.is("Integer") && value.number("ival").isEmpty();
    boolean isFalse = value.is("Boolean") && !value.flag("boolval");
    return isZero || isFalse || value.text("sval").filter(OFF::contains).isPresent();
  }
}
