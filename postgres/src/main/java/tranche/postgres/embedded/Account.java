package tranche.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.FolderOutOfReach;
import tranche.postgres.embedded.EmbeddedProblem.FolderUnusable;
import tranche.postgres.embedded.EmbeddedProblem.NoAccount;

/// As whom PostgreSQL runs, given that it refuses to run as root.
///
/// An ordinary user runs it directly. Root puts it into a user namespace without any mapping:
/// inside, it has no rights of root and sees itself as nobody, while the kernel still counts root
/// as the owner of its files. Where namespaces are forbidden, or where the files already belong to
/// another account, root becomes that account instead.
sealed interface Account {
  /// The user that runs Tranche.
  record Same() implements Account {}

  /// Root, but in a user namespace that takes its rights away.
  record InNamespace(Path unshare) implements Account {}

  /// Another account, entered from root.
  record Other(Path setpriv, int uid, int gid) implements Account {}

  /// What goes in front of a command to run it as this account.
  default List<String> prefix() {
    return switch (this) {
      case Same() -> List.of();
      case InNamespace(var unshare) -> List.of(unshare.toString(), "--user", "--");
      case Other(var setpriv, var uid, var gid) ->
          List.of(setpriv.toString(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
    };
  }

  /// The command as this account has to run it.
  default List<String> command(List<String> command) {
    var whole = new ArrayList<>(prefix());
    whole.addAll(command);
    return whole;
  }

  /// Hands a file or folder that this process made over to the account.
  default void own(Path path) throws IOException {
    switch (this) {
      case Same(), InNamespace(_) -> {}
      case Other(_, var uid, var gid) -> {
        Files.setAttribute(path, "unix:uid", uid);
        Files.setAttribute(path, "unix:gid", gid);
      }
    }
  }

  /// Chooses the account for a folder and makes sure that it can get there.
  static Account choose(Layout layout) throws IOException, InterruptedException {
    var owned = layout.hasData() ? layout.data() : layout.folder();
    int owner = uid(owned);
    int self = uid(Path.of("/proc/self"));
    if (self != 0) {
      if (layout.hasData() && owner != self) {
        var reason = "its data belongs to uid " + owner + ", Tranche runs as uid " + self;
        throw new ProblemException(new FolderUnusable(layout.folder(), reason));
      }
      return new Same();
    }
    var account = owner == 0 ? forNewData(layout) : setpriv(owner, gid(owned), new ArrayList<>());
    requireReach(layout.folder(), account);
    account.own(layout.folder());
    account.own(layout.log());
    return account;
  }

  private static Account forNewData(Layout layout) throws IOException, InterruptedException {
    var tried = new ArrayList<String>();
    var namespace = namespace(layout, tried);
    if (namespace.isPresent()) {
      return namespace.get();
    }
    if (layout.hasData()) {
      // Root's own files can be used by root only, and only a namespace makes root acceptable.
      throw new ProblemException(new NoAccount(String.join("; ", tried)));
    }
    for (var name : List.of("postgres", "nobody")) {
      for (var line : Files.readAllLines(Path.of("/etc/passwd"))) {
        var fields = line.split(":", -1);
        if (fields.length > 3 && fields[0].equals(name)) {
          return setpriv(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), tried);
        }
      }
      tried.add("account " + name + ": not in /etc/passwd");
    }
    throw new ProblemException(new NoAccount(String.join("; ", tried)));
  }

  private static Optional<Account> namespace(Layout layout, List<String> tried)
      throws IOException, InterruptedException {
    var unshare = Programs.find("unshare");
    if (unshare.isEmpty()) {
      tried.add("unshare: not installed");
      return Optional.empty();
    }
    var account = new InNamespace(unshare.get());
    // initdb wants a name for its user, so the probe asks for the name and not just for the id.
    var probe =
        Programs.run(
            account.command(List.of("id", "-un")),
            Path.of("/"),
            layout.consoleLog("probe"),
            Duration.ofSeconds(5));
    if (probe.equals(OptionalInt.of(0))) {
      return Optional.of(account);
    }
    var said = String.join(" ", Programs.tail(layout.consoleLog("probe")));
    tried.add("unshare --user: " + (said.isEmpty() ? "no user namespace" : said));
    return Optional.empty();
  }

  private static Account setpriv(int uid, int gid, List<String> tried) {
    var setpriv = Programs.find("setpriv");
    if (setpriv.isEmpty()) {
      tried.add("setpriv: not installed");
      throw new ProblemException(new NoAccount(String.join("; ", tried)));
    }
    return new Other(setpriv.get(), uid, gid);
  }

  private static void requireReach(Path folder, Account account) throws IOException {
    int uid = account instanceof Other other ? other.uid() : 0;
    int gid = account instanceof Other other ? other.gid() : 0;
    for (var parent = folder.getParent(); parent != null; parent = parent.getParent()) {
      if (!isPassable(parent, uid, gid)) {
        var name = "uid " + uid + (uid == 0 ? " without the rights of root" : "");
        throw new ProblemException(new FolderOutOfReach(folder, parent, name));
      }
    }
  }

  private static boolean isPassable(Path folder, int uid, int gid) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
    var deciding =
        uid(folder) == uid
            ? PosixFilePermission.OWNER_EXECUTE
            : gid(folder) == gid
                ? PosixFilePermission.GROUP_EXECUTE
                : PosixFilePermission.OTHERS_EXECUTE;
    return mode.contains(deciding);
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  private static int gid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:gid");
  }
}
