package tranche.sql.name;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tranche.core.migration.ColumnType;
import tranche.sql.tree.Node;

/// Types as SQL.
public final class TypeText {
  // What the grammar calls them, and what people do.
  private static final Map<String, String> FAMILIAR =
      Map.ofEntries(
          Map.entry("int2", "smallint"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double precision"),
          Map.entry("bool", "boolean"),
          Map.entry("bpchar", "character"),
          Map.entry("varchar", "varchar"),
          Map.entry("numeric", "numeric"),
          Map.entry("timestamp", "timestamp"),
          Map.entry("time", "time"),
          Map.entry("varbit", "bit varying"),
          Map.entry("bit", "bit"),
          Map.entry("json", "json"),
          Map.entry("xml", "xml"));

  // Not types, but spoken of as if they were.
  private static final Map<String, String> SERIAL =
      Map.of(
          "smallserial", "smallint",
          "serial2", "smallint",
          "serial", "integer",
          "serial4", "integer",
          "bigserial", "bigint",
          "serial8", "bigint");

  private TypeText() {}

  /// Whether it stands for an integer with a sequence.
  public static boolean isSerial(Name type) {
    return type.schema().isEmpty() && SERIAL.containsKey(type.own());
  }

  /// The type that a column of a `TypeName` gets; empty if another column says so (`%TYPE`).
  public static Optional<ColumnType> column(Node type) {
    Name name = Name.ofParts(type.children("names"));
    if (type.flag("pct_type")) {
      return Optional.empty();
    }
    String dimensions = "[]".repeat(type.children("arrayBounds").size());
    @Nullable String serial = isSerial(name) ? SERIAL.get(name.own()) : null;
    if (serial != null) {
      return Optional.of(new ColumnType(serial + dimensions, List.of()));
    }
    boolean isBuiltIn = name.schema().filter("pg_catalog"::equals).isPresent();
    String own = isBuiltIn ? base(type) : unlessOfStore(name).sql();
    List<String> modifiers = type.children("typmods").stream().map(TypeText::modifier).toList();
    return Optional.of(new ColumnType(own + dimensions, modifiers));
  }

  // The search path begins with the store.
  private static Name unlessOfStore(Name name) {
    return name.isOfStore() ? Name.of(name.own()) : name;
  }

  // As the server hands them to the type: without quotes.
  private static String modifier(Node modifier) {
    return modifier.children("fields").stream()
        .findFirst()
        .flatMap(f -> f.text("sval"))
        .or(() -> modifier.child("sval").flatMap(s -> s.text("sval")))
        .or(() -> modifier.child("fval").flatMap(f -> f.text("fval")))
        .or(() -> number(modifier).map(n -> Long.toString(n)))
        .orElse("0");
  }

  /// The type in a `TypeName`, with its modifiers and dimensions.
  public static String of(Node type) {
    String setOf = type.flag("setof") ? "SETOF " : "";
    return setOf + base(type) + "[]".repeat(type.children("arrayBounds").size());
  }

  private static String base(Node type) {
    List<Node> names = type.children("names");
    Name name = Name.ofParts(names);
    boolean isBuiltIn = name.schema().filter("pg_catalog"::equals).isPresent();
    String own = name.own();
    if (type.flag("pct_type")) {
      return String.join(".", names.stream().map(TypeText::part).toList()) + "%TYPE";
    }
    if (!isBuiltIn) {
      return name.sql() + modifiers(type).orElse("");
    }
    return switch (own) {
      case "timestamptz", "timetz" ->
          own.substring(0, own.length() - 2) + modifiers(type).orElse("") + " with time zone";
      case "interval" -> interval(type);
      case "bpchar" -> modifiers(type).map(m -> "character" + m).orElse("pg_catalog.bpchar");
      default -> familiar(own) + modifiers(type).orElse("");
    };
  }

  private static String part(Node string) {
    return Quoting.identifier(string.text("sval").orElse(""));
  }

  private static String familiar(String own) {
    String known = FAMILIAR.get(own);
    return known != null ? known : "pg_catalog." + Quoting.identifier(own);
  }

  // The first modifier of an interval is a mask of fields; all of them is 0x7fff.
  private static String interval(Node type) {
    List<Node> modifiers = type.children("typmods");
    if (modifiers.isEmpty()) {
      return "interval";
    }
    long mask = number(modifiers.getFirst()).orElse(0L);
    String precision = modifiers.size() > 1 ? "(" + number(modifiers.get(1)).orElse(6L) + ")" : "";
    return "interval" + (mask == 0x7fff ? "" : " " + fields(mask)) + precision;
  }

  private static String fields(long mask) {
    return switch ((int) mask) {
      case 1 << 2 -> "year";
      case 1 << 1 -> "month";
      case 1 << 3 -> "day";
      case 1 << 10 -> "hour";
      case 1 << 11 -> "minute";
      case 1 << 12 -> "second";
      case 1 << 2 | 1 << 1 -> "year to month";
      case 1 << 3 | 1 << 10 -> "day to hour";
      case 1 << 3 | 1 << 10 | 1 << 11 -> "day to minute";
      case 1 << 3 | 1 << 10 | 1 << 11 | 1 << 12 -> "day to second";
      case 1 << 10 | 1 << 11 -> "hour to minute";
      case 1 << 10 | 1 << 11 | 1 << 12 -> "hour to second";
      default -> "minute to second";
    };
  }

  private static Optional<String> modifiers(Node type) {
    List<Node> modifiers = type.children("typmods");
    if (modifiers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "(" + String.join(", ", modifiers.stream().map(TypeText::one).toList()) + ")");
  }

  private static String one(Node modifier) {
    Optional<String> word = modifier.children("fields").stream().findFirst().map(TypeText::part);
    Optional<String> text =
        modifier.child("sval").flatMap(s -> s.text("sval")).map(Quoting::literal);
    Optional<String> number = number(modifier).map(n -> Long.toString(n));
    return word.or(() -> text).or(() -> number).orElse("0");
  }

  // A constant zero has no value in the tree.
  private static Optional<Long> number(Node constant) {
    return constant.child("ival").map(n -> n.number("ival").orElse(0));
  }
}
