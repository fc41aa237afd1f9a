package tranche.sql.function;

import java.util.Optional;
import java.util.Set;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// Whether an expression has the same value for all rows of one statement.
public enum Volatility {
  /// It has.
  STABLE,
  /// It calls a function of which nothing is known.
  UNKNOWN,
  /// It has not.
  VOLATILE;

  private static final Set<String> VOLATILE_FUNCTIONS =
      words(
          """
          random random_normal gen_random_uuid gen_random_bytes uuidv4 uuidv7 clock_timestamp timeofday
          nextval setval currval lastval setseed pg_sleep pg_sleep_for pg_sleep_until
          pg_advisory_lock pg_advisory_xact_lock pg_advisory_unlock pg_notify set_config
          uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 gen_salt txid_current
          """);

  private static final Set<String> STABLE_FUNCTIONS =
      words(
          """
          now transaction_timestamp statement_timestamp current_setting current_schema
          current_schemas current_database current_user session_user pg_current_xact_id_if_assigned
          timezone date_trunc date_part date_bin extract age make_date make_time make_timestamp
          make_timestamptz make_interval to_char to_date to_number to_timestamp justify_days
          justify_hours justify_interval isfinite overlaps
          lower upper initcap length char_length character_length octet_length bit_length trim btrim
          ltrim rtrim lpad rpad left right substr substring position strpos replace translate repeat
          reverse split_part concat concat_ws format quote_ident quote_literal quote_nullable md5 ascii
          chr starts_with overlay normalize to_hex to_ascii sha224 sha256 sha384 sha512 encode decode
          convert convert_from convert_to regexp_replace regexp_match regexp_matches regexp_count
          regexp_like regexp_substr regexp_split_to_array string_to_array array_to_string hashtext
          abs ceil ceiling floor round trunc sign sqrt cbrt power exp ln log mod div gcd lcm pi degrees
          radians sin cos tan asin acos atan atan2 width_bucket num_nulls num_nonnulls
          array_append array_prepend array_cat array_length array_position array_positions
          array_remove array_replace array_upper array_lower array_ndims array_dims array_fill
          cardinality unnest array_agg string_agg count sum avg min max bool_and bool_or every
          json_build_object jsonb_build_object json_build_array jsonb_build_array to_json to_jsonb
          row_to_json json_object jsonb_object jsonb_set jsonb_insert jsonb_strip_nulls
          jsonb_array_elements jsonb_array_elements_text json_array_elements jsonb_each jsonb_each_text
          jsonb_object_keys jsonb_array_length jsonb_typeof jsonb_path_query jsonb_path_exists
          jsonb_extract_path jsonb_extract_path_text json_extract_path_text jsonb_agg json_agg
          jsonb_object_agg json_object_agg jsonb_populate_record jsonb_to_record jsonb_to_recordset
          int4 int8 int2 float8 float4 numeric text varchar bpchar bool date timestamp timestamptz
          interval uuid greatest least coalesce nullif generate_series row_number rank dense_rank lag
          lead first_value last_value ntile percent_rank cume_dist
          to_tsvector to_tsquery plainto_tsquery websearch_to_tsquery setweight ts_rank
          int4range int8range numrange tsrange tstzrange daterange lower_inc upper_inc isempty
          host network masklen set_masklen family broadcast
          to_regclass to_regtype to_regproc to_regprocedure to_regnamespace to_regrole
          pg_get_viewdef pg_get_constraintdef pg_get_indexdef pg_get_serial_sequence pg_typeof
          pg_total_relation_size pg_relation_size pg_table_size pg_size_pretty pg_backend_pid
          obj_description col_description has_table_privilege has_schema_privilege version
          """);

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /// Whether a built-in function is known to change nothing.
  public static boolean isHarmless(Name function) {
    return STABLE_FUNCTIONS.contains(function.own())
        || Set.of("random", "gen_random_uuid", "clock_timestamp", "uuidv4", "uuidv7")
            .contains(function.own());
  }

  public static Volatility of(Node expression, ScriptContext earlier) {
    Volatility worst = expression.is("FuncCall") ? ofCall(expression, earlier) : STABLE;
    for (Node part : expression.children()) {
      Volatility here = of(part, earlier);
      worst = here.compareTo(worst) > 0 ? here : worst;
    }
    return worst;
  }

  private static Volatility ofCall(Node call, ScriptContext earlier) {
    Name name = Name.ofParts(call.children("funcname"));
    if (VOLATILE_FUNCTIONS.contains(name.own())) {
      return VOLATILE;
    }
    boolean isBuiltIn = name.schema().filter(s -> !s.equals("pg_catalog")).isEmpty();
    if (isBuiltIn && STABLE_FUNCTIONS.contains(name.own())) {
      return STABLE;
    }
    // A routine that the script has just made says what it is.
    Optional<String> declared =
        earlier.made(ObjectKind.ROUTINE, name.text()).map(ScriptContext.Creation::sql);
    boolean isStable =
        declared.filter(sql -> sql.matches("(?is).*\\b(immutable|stable)\\b.*")).isPresent();
    return isStable ? STABLE : UNKNOWN;
  }
}
