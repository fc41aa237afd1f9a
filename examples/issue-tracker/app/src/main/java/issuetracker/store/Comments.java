package issuetracker.store;

import issuetracker.issue.Comment;
import issuetracker.issue.IssueFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The comments on the issues of a tenant.
public final class Comments {
  private static final String COLUMNS = "tenant_id, id, issue_id, author, body, created_at";

  /// The first hundred comments on an issue, oldest first.
  public List<Comment> list(Session session, UUID issue) throws SQLException {
    return session.query(
        "SELECT "
            + COLUMNS
            + " FROM "
            + session.work("comment")
            + " WHERE tenant_id = ? AND issue_id = ? ORDER BY created_at, id LIMIT "
            + IssueFilter.MAX,
        Comments::read,
        session.tenant(),
        issue);
  }

  /// Adds a comment; empty when the tenant has no such issue.
  public Optional<Comment> create(Session session, UUID issue, Comment.Remark remark)
      throws SQLException {
    return session.queryOne(
        "INSERT INTO "
            + session.work("comment")
            + " (tenant_id, id, issue_id, author, body)"
            + " SELECT tenant_id, ?, id, ?, ? FROM "
            + session.work("issue")
            + " WHERE tenant_id = ? AND id = ? FOR KEY SHARE RETURNING "
            + COLUMNS,
        Comments::read,
        UUID.randomUUID(),
        remark.author(),
        remark.body(),
        session.tenant(),
        issue);
  }

  private static Comment read(ResultSet row) throws SQLException {
    return new Comment(
        row.getString(1),
        row.getObject(2, UUID.class),
        row.getObject(3, UUID.class),
        new Comment.Remark(row.getString(4), row.getString(5)),
        row.getObject(6, OffsetDateTime.class).toInstant());
  }
}
