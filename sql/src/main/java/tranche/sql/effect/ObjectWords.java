package tranche.sql.effect;

import java.util.Locale;
import java.util.Map;

/// What the grammar's kinds of objects are called in SQL, in lower case.
final class ObjectWords {
  private static final Map<String, String> DIFFERENT =
      Map.ofEntries(
          Map.entry("OBJECT_MATVIEW", "materialized view"),
          Map.entry("OBJECT_STATISTIC_EXT", "statistics"),
          Map.entry("OBJECT_OPCLASS", "operator class"),
          Map.entry("OBJECT_OPFAMILY", "operator family"),
          Map.entry("OBJECT_TABCONSTRAINT", "constraint"),
          Map.entry("OBJECT_DOMCONSTRAINT", "constraint"),
          Map.entry("OBJECT_FDW", "foreign data wrapper"),
          Map.entry("OBJECT_FOREIGN_SERVER", "server"),
          Map.entry("OBJECT_TSPARSER", "text search parser"),
          Map.entry("OBJECT_TSDICTIONARY", "text search dictionary"),
          Map.entry("OBJECT_TSTEMPLATE", "text search template"),
          Map.entry("OBJECT_TSCONFIGURATION", "text search configuration"),
          Map.entry("OBJECT_LARGEOBJECT", "large object"),
          Map.entry("OBJECT_EVENT_TRIGGER", "event trigger"));

  private ObjectWords() {}

  static String of(String objectType) {
    String different = DIFFERENT.get(objectType);
    return different != null
        ? different
        : objectType.replaceFirst("^OBJECT_", "").toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
