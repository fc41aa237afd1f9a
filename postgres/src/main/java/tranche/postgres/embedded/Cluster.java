package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.secret.Secret;
import tranche.postgres.embedded.EmbeddedProblem.InitFailed;
import tranche.postgres.embedded.EmbeddedProblem.OtherMajorVersion;
import tranche.postgres.embedded.EmbeddedProblem.PasswordRefused;

/// The data folder and its password: made together, kept together.
final class Cluster {
  static final String USER = "tranche";

  private static final int PASSWORD_BYTES = 32;
  private static final int PASSWORD_FILE_LIMIT = 1_000;
  private static final Duration INIT_LIMIT = Duration.ofMinutes(2);

  private Cluster() {}

  /// Creates the cluster. It is built under another name and gets its own only when all of it is on
  /// disk, so a data folder is never half made.
  static void create(Layout layout, Account account) throws IOException, InterruptedException {
    Disk.requireRoom(layout.folder());
    Disk.removeLeftovers(layout.folder(), "data.new-");
    var random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Disk.write(
        layout.password(), Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
    account.own(layout.password());
    var built = layout.folder().resolve("data.new-" + ProcessHandle.current().pid());
    try {
      initialise(layout, account, built);
      Files.writeString(
          built.resolve("postgresql.conf"),
          "\ninclude '../" + layout.parameters().getFileName() + "'\n",
          StandardOpenOption.APPEND);
      Disk.publish(built, layout.data());
    } finally {
      Disk.removeAll(built);
    }
  }

  private static void initialise(Layout layout, Account account, Path built)
      throws IOException, InterruptedException {
    var command =
        List.of(
            layout.program("initdb").toString(),
            "--pgdata=" + built,
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + layout.password(),
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums");
    var output = layout.consoleLog("initdb");
    var code = Programs.run(account.command(command), layout.folder(), output, INIT_LIMIT);
    if (!code.equals(OptionalInt.of(0))) {
      throw new ProblemException(failure(layout, code, Programs.tail(output)));
    }
  }

  private static Problem failure(Layout layout, OptionalInt code, List<String> output) {
    if (Disk.saysFull(output)) {
      return Disk.full(layout.folder());
    }
    var reason =
        code.isPresent()
            ? "ended with code " + code.getAsInt()
            : "took longer than " + INIT_LIMIT.toSeconds() + " s and was ended";
    return new InitFailed(reason, String.join(" | ", output));
  }

  /// Refuses data that these programs cannot read.
  static void requireSameMajorVersion(Layout layout) throws IOException {
    if (layout.hasData()) {
      var found = Files.readString(layout.data().resolve("PG_VERSION")).strip();
      if (!found.equals(Layout.MAJOR_VERSION)) {
        throw new ProblemException(
            new OtherMajorVersion(layout.data(), found, Layout.MAJOR_VERSION));
      }
    }
  }

  /// The password that was made with the data.
  static Secret password(Layout layout) throws IOException {
    var file = layout.password();
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(new PasswordRefused(file, "the file is missing"));
    }
    if (Files.size(file) > PASSWORD_FILE_LIMIT) {
      throw new ProblemException(new PasswordRefused(file, "the file is too long"));
    }
    var password = Files.readString(file).strip();
    if (password.isEmpty()) {
      throw new ProblemException(new PasswordRefused(file, "the file is empty"));
    }
    return Secret.of(password);
  }
}
