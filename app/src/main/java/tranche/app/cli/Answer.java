package tranche.app.cli;

import java.util.List;
import java.util.function.Function;
import tranche.app.cli.render.Look;

/// What a command has to say, before it is known in which form.
///
/// `data` is the wire record for JSON, `items` are the objects for one line each, `names` the names
/// alone, `text` the lines for people, and `next` the commands that make sense now.
record Answer(
    String kind,
    Object data,
    List<?> items,
    List<String> names,
    Function<Look, List<String>> text,
    List<String> next) {

  /// One thing.
  static Answer one(String kind, Object data, String name, Function<Look, List<String>> text) {
    return new Answer(kind, data, List.of(data), List.of(name), text, List.of());
  }

  /// Several things of a kind.
  static <T> Answer list(
      String kind, List<T> items, Function<T, String> name, Function<Look, List<String>> text) {
    return new Answer(kind, items, items, items.stream().map(name).toList(), text, List.of());
  }

  /// The same, pointing on.
  Answer then(String... commands) {
    return new Answer(kind, data, items, names, text, List.of(commands));
  }

  /// The same, pointing on.
  Answer then(List<String> commands) {
    return new Answer(kind, data, items, names, text, List.copyOf(commands));
  }
}
