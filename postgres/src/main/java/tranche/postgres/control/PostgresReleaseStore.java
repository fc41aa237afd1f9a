package tranche.postgres.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tranche.core.release.ProcessArtifact;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.ReleaseProblem;
import tranche.engine.release.ReleaseStore;
import tranche.postgres.json.StoredJson;

/// Releases as a table. Where the folder lies is no part of a release's hash and the only thing
/// that may change; it has a column of its own, which counts instead of the one in the content.
final class PostgresReleaseStore implements ReleaseStore {
  private final Database database;

  PostgresReleaseStore(Database database) {
    this.database = database;
  }

  @Override
  public void create(Release release) {
    int _ =
        database.transact(handle -> {
          int created = insert(handle, release);
          return created == 1 ? created : moveFolder(handle, release);
        });
  }

  private static int insert(Handle handle, Release release) {
    return handle
        .createUpdate(
            """
            INSERT INTO tranche_control.release (name, hash, folder, content)
            VALUES (:name, :hash, :folder, CAST(:content AS jsonb))
            ON CONFLICT (name) DO NOTHING
            """)
        .bind("name", release.id().value())
        .bind("hash", release.hash())
        .bind("folder", release.artifact().folder())
        .bind("content", StoredJson.RELEASE.write(release))
        .execute();
  }

  private static int moveFolder(Handle handle, Release release) {
    String recorded =
        handle
            .createQuery("SELECT hash FROM tranche_control.release WHERE name = :name")
            .bind("name", release.id().value())
            .mapTo(String.class)
            .one();
    if (!recorded.equals(release.hash())) {
      throw new ReleaseProblem.ReleaseChanged(release.id(), recorded, release.hash()).exception();
    }
    return handle
        .createUpdate(
            """
            UPDATE tranche_control.release
            SET folder = :folder
            WHERE name = :name
              AND folder <> :folder
            """)
        .bind("name", release.id().value())
        .bind("folder", release.artifact().folder())
        .execute();
  }

  @Override
  public Optional<Release> find(ReleaseId id) {
    return database.call(handle ->
        handle
            .createQuery("SELECT content, folder FROM tranche_control.release WHERE name = :name")
            .bind("name", id.value())
            .map(PostgresReleaseStore::release)
            .findOne());
  }

  @Override
  public List<Release> all() {
    return database.call(handle ->
        handle
            .createQuery("SELECT content, folder FROM tranche_control.release ORDER BY number")
            .map(PostgresReleaseStore::release)
            .list());
  }

  private static Release release(ResultSet row, StatementContext context) throws SQLException {
    Release stored = StoredJson.RELEASE.read(row.getString("content"));
    ProcessArtifact artifact = stored.artifact();
    return new Release(
        stored.id(),
        stored.app(),
        new ProcessArtifact(
            row.getString("folder"), artifact.files(), artifact.command(), artifact.readyPath()),
        stored.schema(),
        stored.hash());
  }
}
