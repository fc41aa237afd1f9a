package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import tranche.core.structure.ObjectKey;
import tranche.core.structure.ObjectKind;
import tranche.postgres.structure.CopyStatement.Mark;
import tranche.postgres.structure.CopyStatement.Node;
import tranche.postgres.structure.CopyStatement.Reach;

/// The statements that make a schema again, in an order in which each finds what it needs.
///
/// The order is that of the stages, except where the catalog knows better: what another object
/// depends on comes before it. Objects that need each other in a circle come last, by stage; they
/// then fail where they are run and are reported there.
record CopyPlan(List<CopyStatement> statements) {
  private static final Comparator<CopyStatement> BY_STAGE =
      Comparator.comparingInt(CopyStatement::stage)
          .thenComparingLong(statement -> statement.node().objectId())
          .thenComparing(CopyStatement::object)
          .thenComparing(CopyStatement::sql);

  CopyPlan {
    statements = List.copyOf(statements);
  }

  /// Reads what the source consists of. The sections are those of `creation.sql`.
  static CopyPlan of(
      Connection connection, String source, String target, Predicate<String> sections)
      throws SQLException {
    return CatalogReading.run(
        connection,
        c -> {
          List<CopyStatement> statements = statements(c, source, target, sections);
          return new CopyPlan(ordered(statements, dependencies(c, source)));
        });
  }

  /// The same with further statements, each of which takes its place by its stage and after what it
  /// is said to follow.
  static List<CopyStatement> ordered(
      List<CopyStatement> statements, Map<Node, Set<Node>> dependencies) {
    Map<Node, Integer> left = new HashMap<>();
    statements.forEach(s -> left.merge(s.node(), 1, Integer::sum));
    PriorityQueue<CopyStatement> ready = new PriorityQueue<>(BY_STAGE);
    List<CopyStatement> waiting = new ArrayList<>(statements);
    List<CopyStatement> order = new ArrayList<>();
    Set<Node> missing = new HashSet<>(left.keySet());
    missing.remove(Node.NONE);
    // Statements without a node are later in stage than all that have one, but for settings of
    // tables and constraints, which their stage puts right behind.
    while (!waiting.isEmpty() || !ready.isEmpty()) {
      moveReady(waiting, ready, missing, dependencies);
      if (ready.isEmpty()) {
        waiting.sort(BY_STAGE);
        ready.add(waiting.removeFirst());
      }
      CopyStatement next = ready.remove();
      order.add(next);
      missing.remove(next.node());
    }
    return order;
  }

  private static void moveReady(
      List<CopyStatement> waiting,
      PriorityQueue<CopyStatement> ready,
      Set<Node> missing,
      Map<Node, Set<Node>> dependencies) {
    waiting.removeIf(statement -> {
      Set<Node> needs = dependencies.getOrDefault(statement.node(), Set.of());
      boolean isReady = needs.stream().noneMatch(missing::contains);
      return isReady && ready.add(statement);
    });
  }

  private static List<CopyStatement> statements(
      Connection connection, String source, String target, Predicate<String> sections)
      throws SQLException {
    String sql = CatalogSql.load("creation.sql", s -> s.equals("end") || sections.test(s));
    List<CopyStatement> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, source);
      statement.setString(2, target);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(statement(rows));
        }
      }
    }
    return found;
  }

  private static CopyStatement statement(ResultSet row) throws SQLException {
    String kind = row.getString(2);
    return new CopyStatement(
        row.getInt(1),
        new ObjectKey(
            ObjectKind.of(kind).orElseThrow(() -> new IllegalStateException("kind " + kind)),
            row.getString(3)),
        row.getString(4),
        new Node(row.getLong(5), row.getLong(6)),
        row.getBoolean(7) ? Reach.OUTSIDE : Reach.INSIDE,
        row.getBoolean(8) ? Mark.NAMES_ITS_SCHEMA : Mark.PLAIN);
  }

  private static Map<Node, Set<Node>> dependencies(Connection connection, String source)
      throws SQLException {
    Map<Node, Set<Node>> found = new HashMap<>();
    String sql = CatalogSql.load("dependencies.sql", _ -> true);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, source);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(new Node(rows.getLong(1), rows.getLong(2)), _ -> new HashSet<>())
              .add(new Node(rows.getLong(3), rows.getLong(4)));
        }
      }
    }
    return found;
  }
}
