package tranche.postgres.structure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The queries on the catalog that lie beside the classes, with their two abbreviations written
/// out.
///
/// `here(x)` puts the schema of `x` first in the search path. It is tested inside the CASE whose
/// result names objects, so that both happen for one row, whatever order the planner chooses: this
/// is what lets one statement read hundreds of schemas. `granted(acl, owner)` lists an ACL.
final class CatalogSql {
  private static final Pattern HERE = Pattern.compile("\\bhere\\((\\w)\\)");
  private static final Pattern GRANTED =
      Pattern.compile("\\(SELECT granted\\((.+), ([\\w.]+)\\)( AS text)?\\)");
  private static final Pattern SECTION = Pattern.compile("(?m)^  --(\\w+)\\R");

  private static final String HERE_WRITTEN_OUT =
      "(current_setting('search_path') = $1.path"
          + " OR set_config('search_path', $1.path, true) <> '')";

  private static final String GRANTED_WRITTEN_OUT =
      """
      (SELECT string_agg(t, ', ' ORDER BY t COLLATE "C")$3 FROM (
          SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' WHEN $2 THEN 'OWNER'
            ELSE quote_ident(pg_get_userbyid(g.grantee)) END || ' ' || g.privilege_type
            || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS t
          FROM aclexplode($1) g) t)\
      """;

  private CatalogSql() {}

  /// The query of that name, with those of its optional sections that are wanted.
  static String load(String name, Predicate<String> wanted) {
    String text = text(name);
    StringBuilder sql = new StringBuilder();
    var section = SECTION.matcher(text);
    boolean isWanted = true;
    int from = 0;
    while (section.find()) {
      sql.append(isWanted ? text.substring(from, section.start()) : "");
      isWanted = wanted.test(section.group(1));
      from = section.end();
    }
    sql.append(text.substring(from));
    String complete = HERE.matcher(sql).replaceAll(HERE_WRITTEN_OUT);
    return GRANTED
        .matcher(complete)
        .replaceAll(found ->
            GRANTED_WRITTEN_OUT
                .replace("$1", found.group(1))
                .replace("$2", found.group(2))
                .replace("$3", Objects.requireNonNullElse(found.group(3), "")));
  }

  private static String text(String name) {
    try (InputStream in = CatalogSql.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
