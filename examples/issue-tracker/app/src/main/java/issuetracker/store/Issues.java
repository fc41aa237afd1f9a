package issuetracker.store;

import issuetracker.issue.Issue;
import issuetracker.issue.IssueChange;
import issuetracker.issue.IssueFilter;
import issuetracker.issue.Priority;
import issuetracker.issue.Status;
import issuetracker.issue.Words;
import issuetracker.release.PriorityColumn;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The issues of a tenant. Columns are always named, never `*`: a column that a migration adds or
/// drops changes no prepared statement.
public final class Issues {
  private final PriorityColumn priority;
  private final String columns;

  /// Issues whose priority is kept in this column.
  public Issues(PriorityColumn priority) {
    this.priority = priority;
    this.columns =
        "tenant_id, id, team_id, title, body, status, "
            + priority.name()
            + ", created_at, updated_at";
  }

  /// The newest issues that pass the filter.
  public List<Issue> list(Session session, IssueFilter filter) throws SQLException {
    StringBuilder sql =
        new StringBuilder("SELECT " + columns + " FROM " + table(session) + " WHERE tenant_id = ?");
    List<Object> parameters = new ArrayList<>(List.of(session.tenant()));
    filter
        .status()
        .ifPresent(wanted -> {
          sql.append(" AND status = ?");
          parameters.add(Words.of(wanted));
        });
    filter
        .priority()
        .ifPresent(wanted -> {
          sql.append(" AND ").append(priority.name()).append(" = ?");
          parameters.add(priority.stored(wanted));
        });
    sql.append(" ORDER BY created_at DESC, id LIMIT ?");
    parameters.add(filter.limit());
    return session.query(sql.toString(), this::read, parameters.toArray());
  }

  /// One issue.
  public Optional<Issue> find(Session session, UUID id) throws SQLException {
    return session.queryOne(
        "SELECT " + columns + " FROM " + table(session) + " WHERE tenant_id = ? AND id = ?",
        this::read,
        session.tenant(),
        id);
  }

  /// Adds an issue; empty when the tenant already has one with this id.
  public Optional<Issue> create(Session session, UUID id, Issue.Content content)
      throws SQLException {
    return session.queryOne(
        "INSERT INTO "
            + table(session)
            + " (tenant_id, id, team_id, title, body, status, "
            + priority.name()
            + ", created_from)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant_id, id) DO NOTHING RETURNING "
            + columns,
        this::read,
        session.tenant(),
        id,
        content.team().orElse(null),
        content.title(),
        content.body(),
        Words.of(content.status()),
        priority.stored(content.priority()),
        digest(content));
  }

  /// The issue with this id as it is now, if it was created with this very content.
  public Optional<Issue> findCreated(Session session, UUID id, Issue.Content content)
      throws SQLException {
    return session.queryOne(
        "SELECT "
            + columns
            + " FROM "
            + table(session)
            + " WHERE tenant_id = ? AND id = ? AND created_from = ?",
        this::read,
        session.tenant(),
        id,
        digest(content));
  }

  /// Changes the given parts of an issue and writes no other column; empty when there is no such
  /// issue.
  public Optional<Issue> change(Session session, UUID id, IssueChange change) throws SQLException {
    List<String> assignments = new ArrayList<>(List.of("updated_at = now()"));
    List<@Nullable Object> parameters = new ArrayList<>();
    change.team().ifPresent(team -> set("team_id", team.orElse(null), assignments, parameters));
    change.title().ifPresent(title -> set("title", title, assignments, parameters));
    change.body().ifPresent(body -> set("body", body, assignments, parameters));
    change.status().ifPresent(to -> set("status", Words.of(to), assignments, parameters));
    change
        .priority()
        .ifPresent(to -> set(priority.name(), priority.stored(to), assignments, parameters));
    parameters.add(session.tenant());
    parameters.add(id);
    return session.queryOne(
        "UPDATE "
            + table(session)
            + " SET "
            + String.join(", ", assignments)
            + " WHERE tenant_id = ? AND id = ? RETURNING "
            + columns,
        this::read,
        parameters.toArray());
  }

  /// Removes an issue and its comments; false when there was none.
  public boolean delete(Session session, UUID id) throws SQLException {
    return session.update(
            "DELETE FROM " + table(session) + " WHERE tenant_id = ? AND id = ?",
            session.tenant(),
            id)
        > 0;
  }

  /// The same in every release, so that a request may be repeated at another one.
  private static UUID digest(Issue.Content content) {
    String text =
        String.join(
            // No text that can be stored holds a NUL.
            "\0",
            content.team().map(UUID::toString).orElse(""),
            content.title(),
            content.body(),
            Words.of(content.status()),
            Words.of(content.priority()));
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void set(
      String column,
      @Nullable Object value,
      List<String> assignments,
      List<@Nullable Object> parameters) {
    assignments.add(column + " = ?");
    parameters.add(value);
  }

  private static String table(Session session) {
    return session.work("issue");
  }

  private Issue read(ResultSet row) throws SQLException {
    return new Issue(
        row.getString(1),
        row.getObject(2, UUID.class),
        new Issue.Content(
            Optional.ofNullable(row.getObject(3, UUID.class)),
            row.getString(4),
            row.getString(5),
            status(row.getString(6)),
            readPriority(row)),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        row.getObject(9, OffsetDateTime.class).toInstant());
  }

  private Priority readPriority(ResultSet row) throws SQLException {
    return priority.read(row, 7);
  }

  private static Status status(String word) throws SQLException {
    return Words.read(Status.class, word)
        .orElseThrow(() -> new SQLException("the column status holds an unknown word"));
  }
}
