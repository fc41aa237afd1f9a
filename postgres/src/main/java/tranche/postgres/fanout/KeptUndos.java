package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.fanout.KeptUndo;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.Undo;

/// Reads what histories keep to take migrations back, the latest first.
final class KeptUndos {
  private KeptUndos() {}

  static Map<String, List<KeptUndo>> read(Session session, List<String> targets)
      throws SQLException {
    Map<String, List<KeptUndo>> found = new TreeMap<>();
    for (Session.Row row : session.rows(sql(targets))) {
      found
          .computeIfAbsent(row.text(0), _ -> new ArrayList<>())
          .add(
              new KeptUndo(MigrationKey.parse(row.text(1)), row.text(2), undo(row), row.isTrue(3)));
    }
    return found;
  }

  private static Undo undo(Session.Row row) {
    if (!row.isTrue(4)) {
      return new Undo.Unknown("its history row keeps no statements for it");
    }
    @Nullable String sql = row.textOrNull(5);
    if (sql == null) {
      return new Undo.Unknown(row.text(8));
    }
    List<String> statements = texts(sql);
    return statements.isEmpty()
        ? new Undo.NotNeeded()
        : new Undo.Statements(statements, texts(row.text(6)), row.isTrue(7));
  }

  private static List<String> texts(String json) {
    return List.of(JsonMapper.shared().readValue(json, String[].class));
  }

  private static String sql(List<String> targets) {
    return """
    SELECT h.target, h.key, h.run, h.kind = 'baseline', s.digest IS NOT NULL,
      to_json(s.undo)::text, to_json(s.loses)::text, s.is_generated, s.unknown_why
    FROM tranche.history h LEFT JOIN tranche.script s ON s.digest = h.digest
    WHERE h.ended_at IS NULL AND h.target = ANY (%s)
    ORDER BY h.applied_at DESC\
    """
        .formatted(Literal.texts(targets));
  }
}
