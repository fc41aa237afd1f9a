package tranche.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tranche.postgres.embedded.EmbeddedProblem.FolderOutOfReach;
import tranche.postgres.embedded.StartOutcome.Adopted;

/// What root does so that PostgreSQL does not run with its rights, and what an ordinary user does.
final class AccountTest {
  private static final int NOBODY = 65_534;
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

  private final Servers servers = new Servers();
  private Path open = Path.of("/");

  @BeforeEach
  void need_root() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
    open = Files.createTempDirectory("tranche-account");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stopAll() throws IOException, InterruptedException {
    servers.stopAll();
    if (open.getNameCount() > 0) {
      Disk.removeAll(open);
    }
  }

  private static List<String> status(long pid, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.split("\\s+")[1])
        .toList();
  }

  private static void giveToNobody(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", NOBODY);
    Files.setAttribute(path, "unix:gid", NOBODY);
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid");
  }

  @Test
  void root_gives_its_rights_up_in_a_namespace_and_keeps_its_files() throws Exception {
    assumeThat(new ProcessBuilder("unshare", "--user", "true").start().waitFor()).isZero();

    var server = servers.start(open.resolve("store"));

    assertThat(owner(server.dataFolder())).isEqualTo(0);
    assertThat(status(server.pid(), "CapEff")).containsExactly("0000000000000000");
    var namespace = Path.of("/proc", Long.toString(server.pid()), "ns/user");
    assertThat(Files.readSymbolicLink(namespace))
        .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
    server.stop();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void root_becomes_the_owner_of_a_folder_that_is_not_its_own() throws Exception {
    var folder = Files.createDirectory(open.resolve("store"));
    giveToNobody(folder);

    var server = servers.start(folder);

    assertThat(status(server.pid(), "Uid")).containsExactly("" + NOBODY);
    assertThat(status(server.pid(), "CapEff")).containsExactly("0000000000000000");
    for (var owned : List.of("data", "password", "parameters.conf", "log")) {
      assertThat(owner(folder.resolve(owned))).as(owned).isEqualTo(NOBODY);
    }
    server.stop();
    assertThat(servers.start(folder).address().port()).isEqualTo(server.address().port());
    assertThat(servers.start(folder).outcome()).isInstanceOf(Adopted.class);
  }

  @Test
  void a_folder_behind_a_closed_parent_is_out_of_reach() throws Exception {
    var closed = Files.createDirectory(open.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    var folder = Files.createDirectory(closed.resolve("store"));
    giveToNobody(folder);

    var problem = servers.failToStart(EmbeddedSettings.in(folder));

    assertThat(problem).isInstanceOf(FolderOutOfReach.class);
    assertThat(problem.fix()).contains("chmod o+x " + closed);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void an_ordinary_user_starts_a_server_that_root_can_adopt_and_stop() throws Exception {
    var java = Path.of(ProcessHandle.current().info().command().orElseThrow());
    assumeThat(reachableByAll(java)).as("a Java that nobody can run").isTrue();
    var folder = Files.createDirectory(open.resolve("store"));
    giveToNobody(folder);

    var child = servers.startInChild(folder, copyOfClassPath(), AS_NOBODY);
    child.kill();

    assertThat(child.outcome()).isEqualTo("StartedFresh");
    assertThat(status(child.serverPid(), "Uid")).containsExactly("" + NOBODY);
    var again = servers.startInChild(folder, copyOfClassPath(), AS_NOBODY);
    assertThat(again.outcome()).isEqualTo("Adopted");
    assertThat(again.serverPid()).isEqualTo(child.serverPid());
    again.kill();
    var server = servers.start(folder);
    assertThat(server.pid()).isEqualTo(child.serverPid());
    server.stop();
    assertThat(server.isAlive()).isFalse();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static boolean reachableByAll(Path file) throws IOException, InterruptedException {
    var command = concat(AS_NOBODY, List.of("test", "-x", file.toString()));
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  /// The class path of this test may lie where only root can read.
  private String copyOfClassPath() throws IOException {
    var entries = new ArrayList<String>();
    var target = open.resolve("classpath");
    Files.createDirectories(target);
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.exists(Path.of(entry))) {
        var copy = target.resolve(entries.size() + "-" + Path.of(entry).getFileName());
        copyTree(Path.of(entry), copy);
        entries.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      for (var path : tree.toList()) {
        var below = from.relativize(path).toString();
        var copy = below.isEmpty() ? to : to.resolve(below);
        if (!Files.isDirectory(copy)) {
          Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        boolean isFolder = Files.isDirectory(copy);
        Files.setPosixFilePermissions(
            copy, PosixFilePermissions.fromString(isFolder ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }
}
