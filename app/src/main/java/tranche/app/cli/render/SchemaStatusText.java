package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tranche.api.schema.FolderJson;
import tranche.api.schema.SchemaStatusJson;
import tranche.api.schema.StoreGroupJson;
import tranche.api.schema.StoreStatusJson;

/// How far the stores of a fleet are: a line for each group of stores, never one for each store.
public final class SchemaStatusText {
  private static final int SHOWN = 12;
  private static final int LONGEST_NAME = 60;

  private SchemaStatusText() {}

  /// The groups; at most a dozen.
  public static List<String> lines(SchemaStatusJson status, Look look) {
    return lines(status, SHOWN, look);
  }

  /// All groups.
  public static List<String> wide(SchemaStatusJson status, Look look) {
    return lines(status, Integer.MAX_VALUE, look);
  }

  private static List<String> lines(SchemaStatusJson status, int shown, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Wrapped.lines(head(status), look.width()));
    status.folders().forEach(f -> lines.addAll(Wrapped.after("  ", folder(f), look)));
    lines.add("");
    lines.addAll(groups(status.groups(), shown, look));
    int more = status.groups().size() - shown;
    if (more > 0) {
      lines.add("  and " + more + " more groups; -o wide shows all");
    }
    lines.addAll(SchemaWords.leftOut(status.leftOut(), look));
    return look.finish(lines);
  }

  private static String head(SchemaStatusJson status) {
    return Paint.strong(status.target()) + "   " + Figures.count(status.stores(), "store");
  }

  static String folder(FolderJson folder) {
    String newest = folder.newest().map(v -> ", newest " + v).orElse("");
    String set = folder.set().isEmpty() ? "" : folder.set() + ": ";
    return Paint.dim(
        set
            + "folder "
            + folder.folder()
            + " ("
            + folder.format()
            + "), "
            + Figures.count(folder.migrations(), "migration")
            + newest);
  }

  private static List<String> groups(List<StoreGroupJson> groups, int shown, Look look) {
    Table table =
        new Table(
            "  ",
            Table.Column.LEFT,
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.BENDING,
            Table.Column.BENDING);
    table.row("VERSION", "STORES", "STATE", "STORES LIKE", "");
    for (StoreGroupJson group : groups.stream().limit(shown).toList()) {
      boolean isFine = group.state().equals("current");
      table.row(
          group.version().orElse("–"),
          Figures.count(group.stores()),
          SchemaWords.state(group.state()),
          isFine ? "" : SchemaWords.examples(group.examples(), group.stores()),
          SchemaWords.note(group));
    }
    return table.lines(look);
  }

  /// A line for each store, given away as it is made: there may be very many.
  public static void stores(List<StoreStatusJson> stores, Look look, Consumer<String> out) {
    int store = width(stores.stream().map(StoreStatusJson::store).toList(), "STORE");
    int tenant = width(stores.stream().map(s -> s.tenant().orElse("–")).toList(), "TENANT");
    int version = width(stores.stream().map(s -> s.version().orElse("–")).toList(), "VERSION");
    out.accept(
        look.finish(
                List.of(
                    Paint.padRight("STORE", store)
                        + "  "
                        + Paint.padRight("TENANT", tenant)
                        + "  "
                        + Paint.padRight("VERSION", version)
                        + "  STATE"))
            .getFirst());
    for (StoreStatusJson one : stores) {
      String line =
          Paint.padRight(one.store(), store)
              + "  "
              + Paint.padRight(one.tenant().orElse("–"), tenant)
              + "  "
              + Paint.padRight(one.version().orElse("–"), version)
              + "  "
              + SchemaWords.state(one.state())
              + note(one);
      look.finish(List.of(line)).forEach(out);
    }
  }

  private static String note(StoreStatusJson one) {
    String lacks =
        one.lacks() == 0 ? "" : "  lacks " + SchemaWords.migrations(one.pending(), one.lacks());
    return lacks + one.problem().map(p -> "  " + p.what()).orElse("");
  }

  private static int width(List<String> texts, String heading) {
    int widest = texts.stream().mapToInt(Paint::width).max().orElse(0);
    return Math.clamp(widest, heading.length(), LONGEST_NAME);
  }
}
