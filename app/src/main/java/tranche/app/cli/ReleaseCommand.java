package tranche.app.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tranche.api.release.ReleaseJson;
import tranche.app.cli.render.ReleaseTable;

/// `tranche release`.
@Command(name = "release", description = "Create releases and look at them.")
final class ReleaseCommand {
  private final Surroundings surroundings;

  ReleaseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(
      name = "create",
      description = {
        "Read a release folder, hash what is in it and keep it.",
        "The folder is read by the control plane, on its machine."
      })
  int create(
      @Mixin Shared shared,
      @Parameters(paramLabel = "FOLDER", description = "The folder with release.yaml.")
          String folder) {
    try (Session session = Session.open(surroundings, shared)) {
      Path absolute = surroundings.folder().resolve(folder).normalize();
      ReleaseJson release = session.client().createRelease(absolute);
      return print(session, release);
    }
  }

  @Command(name = "list", aliases = "ls", description = "List all releases, oldest first.")
  int list(@Mixin Shared shared) {
    try (Session session = Session.open(surroundings, shared)) {
      List<ReleaseJson> releases = session.client().releases();
      return session.print(
          Answer.list(
              "release-list",
              releases,
              ReleaseJson::id,
              look -> ReleaseTable.lines(releases, look)));
    }
  }

  @Command(name = "show", description = "Show a release with its migrations.")
  int show(
      @Mixin Shared shared,
      @Parameters(paramLabel = "RELEASE", description = "Its name.") String id) {
    try (Session session = Session.open(surroundings, shared)) {
      return print(session, session.client().release(id));
    }
  }

  private static int print(Session session, ReleaseJson release) {
    return session.print(
        Answer.one("release", release, release.id(), look -> ReleaseTable.one(release, look))
            .then("tranche plan --to " + release.id()));
  }
}
