package tranche.sql.name;

import java.util.Locale;
import java.util.Set;

/// Writes names and texts into SQL.
public final class Quoting {
  // Every keyword of PostgreSQL 15 to 18 that cannot be any kind of name without quotes.
  private static final Set<String> KEYWORDS =
      Set.of(
          """
          all analyse analyze and any array as asc asymmetric authorization between bigint binary bit
          boolean both case cast char character check coalesce collate collation column concurrently
          constraint create cross current_catalog current_date current_role current_schema
          current_time current_timestamp current_user dec decimal default deferrable desc distinct do
          else end except exists extract false fetch float for foreign freeze from full grant greatest
          group grouping having ilike in initially inner inout int integer intersect interval into is
          isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
          json_scalar json_serialize json_table json_value lateral leading least left like limit
          localtime localtimestamp merge_action national natural nchar none normalize not notnull null
          nullif numeric offset on only or order out outer overlaps overlay placing position precision
          primary real references returning right row select session_user setof similar smallint some
          substring symmetric system_user table tablesample then time timestamp to trailing treat trim
          true union unique user using values varchar variadic verbose when where window with
          xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
          xmlserialize xmltable
          """
              .strip()
              .split("\\s+"));

  private Quoting() {}

  /// The name, in double quotes if it would mean something else without them.
  public static String identifier(String name) {
    boolean isPlain = name.matches("[a-z_][a-z0-9_$]*") && !KEYWORDS.contains(name);
    return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /// The text as a string constant that means the same whatever `standard_conforming_strings` says.
  public static String literal(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }

  /// A keyword of the syntax tree in the spelling of this project's SQL: upper case.
  public static String keyword(String word) {
    return word.toUpperCase(Locale.ROOT).replace('_', ' ');
  }
}
