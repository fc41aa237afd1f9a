package tranche.app.cli.render;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tranche.api.schema.LeftOutStoresJson;
import tranche.api.schema.StoreGroupJson;

/// Words that several texts about schemas share.
final class SchemaWords {
  private static final int NAMED = 3;
  private static final int PENDING = 4;

  private SchemaWords() {}

  /// A glyph and the word for a state of stores.
  static String state(String state) {
    return paint(state, glyph(state) + " " + word(state));
  }

  static String word(String state) {
    return state.replace('-', ' ');
  }

  private static String glyph(String state) {
    return switch (state) {
      case "current", "done", "unchanged" -> "✔";
      case "failed", "refused", "unreadable" -> "✕";
      case "halfway" -> "◐";
      case "not-there", "past" -> "–";
      case "not-adopted" -> "‖";
      default -> "○";
    };
  }

  private static String paint(String state, String text) {
    return switch (state) {
      case "current", "done" -> Paint.good(text);
      case "failed", "refused", "unreadable" -> Paint.bad(text);
      case "halfway" -> Paint.busy(text);
      case "not-adopted" -> Paint.held(text);
      default -> text;
    };
  }

  /// `tenant_1, tenant_2 and 1,300 more`.
  static String examples(List<String> examples, long all) {
    String named = examples.stream().limit(NAMED).collect(Collectors.joining(", "));
    long more = all - Math.min(NAMED, examples.size());
    return named + (more > 0 ? " and " + Figures.count(more) + " more" : "");
  }

  /// What stores of a group lack, or why they are not as they should be.
  static String note(StoreGroupJson group) {
    String lacks = group.lacks() == 0 ? "" : "lacks " + migrations(group.pending(), group.lacks());
    String why = group.problem().map(p -> p.what()).orElse("");
    return Stream.of(lacks, why).filter(t -> !t.isEmpty()).collect(Collectors.joining("; "));
  }

  /// The first few of them, and how many there are besides.
  static String migrations(List<String> named, int all) {
    String first = named.stream().limit(PENDING).collect(Collectors.joining(", "));
    int more = all - Math.min(PENDING, named.size());
    return first + (more > 0 ? " and " + more + " more" : "");
  }

  /// What was left alone and why: each if there are few, else how many for each reason.
  static List<String> leftOut(LeftOutStoresJson leftOut, Look look) {
    if (leftOut.count() == 0) {
      return List.of();
    }
    String all = "Left out " + Figures.count(leftOut.count()) + "   ";
    String reasons =
        leftOut.items().stream()
            .collect(
                Collectors.groupingBy(
                    LeftOutStoresJson.Item::reason,
                    java.util.LinkedHashMap::new,
                    Collectors.toList()))
            .entrySet()
            .stream()
            .map(e -> named(e.getValue()) + " (" + e.getKey() + ")")
            .collect(Collectors.joining(", "));
    return Wrapped.after(all, reasons, look);
  }

  private static String named(List<LeftOutStoresJson.Item> items) {
    List<String> names = items.stream().map(LeftOutStoresJson.Item::who).toList();
    return examples(names, names.size());
  }
}
