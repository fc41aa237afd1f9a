package tranche.server.release;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import tranche.api.release.CreateRelease;
import tranche.api.release.ReleaseJson;
import tranche.api.release.ReleaseList;
import tranche.core.release.Migration;
import tranche.core.release.PreflightCheck;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.ReleaseProblem;
import tranche.core.release.SchemaChange;
import tranche.engine.control.ControlPlane;
import tranche.server.http.RequestProblem;
import tranche.server.http.Routes;

/// Releases.
public final class ReleaseRoutes {
  private static final int CREATED = 201;
  private static final int PATH_LIMIT = 4_096;

  private final ControlPlane plane;

  /// Routes that ask that control plane.
  public ReleaseRoutes(ControlPlane plane) {
    this.plane = plane;
  }

  /// Declares them.
  public void register(Routes routes) {
    routes.post(
        "/releases", CREATED, CreateRelease.class, (_, body) -> json(create(body.folder())));
    routes.get(
        "/releases",
        Set.of(),
        _ -> new ReleaseList(plane.releases().stream().map(ReleaseRoutes::json).toList()));
    routes.get(
        "/releases/{release}", Set.of(), ask -> json(plane.release(id(ask.path("release")))));
  }

  /// The name of a release as a request gives it.
  ///
  /// @throws tranche.core.problem.ProblemException [ReleaseProblem.UnknownRelease] if it cannot be
  ///   one
  public static ReleaseId id(String text) {
    if (!ReleaseId.isWellFormed(text)) {
      throw new ReleaseProblem.UnknownRelease(RequestProblem.shown(text)).exception();
    }
    return new ReleaseId(text);
  }

  private Release create(String folder) {
    Path path;
    try {
      path = Path.of(folder);
    } catch (InvalidPathException _) {
      throw notAllowed(folder);
    }
    if (folder.isEmpty() || folder.length() > PATH_LIMIT || !path.isAbsolute()) {
      throw notAllowed(folder);
    }
    return plane.createRelease(path.normalize());
  }

  private static RuntimeException notAllowed(String folder) {
    String allowed = "an absolute path of at most " + PATH_LIMIT + " characters";
    return new RequestProblem.ValueNotAllowed("folder", folder, allowed).exception();
  }

  private static ReleaseJson json(Release release) {
    return new ReleaseJson(
        release.id().value(),
        release.app(),
        release.hash(),
        release.artifact().folder(),
        release.artifact().files().size(),
        json(release.schema()));
  }

  private static ReleaseJson.Schema json(SchemaChange schema) {
    return new ReleaseJson.Schema(
        schema.reads().from().value(),
        schema.reads().to().value(),
        schema.target().value(),
        schema.migrations().stream().map(ReleaseRoutes::json).toList(),
        schema.preflight().stream().map(PreflightCheck::name).toList(),
        schema.touches());
  }

  private static ReleaseJson.MigrationJson json(Migration migration) {
    return new ReleaseJson.MigrationJson(
        migration.version().value(),
        migration.description(),
        migration.phase().word(),
        migration.checksum());
  }
}
