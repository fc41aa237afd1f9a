package tranche.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.BinariesMissing;

/// The PostgreSQL programs, unpacked once per folder.
///
/// A marker records how many files and bytes were unpacked and is compared at each start. A crash
/// of the machine can leave files empty although their names are there; the marker makes that cheap
/// to notice, and unpacking again repairs it.
final class Binaries {
  static final String MARKER = "unpacked";

  private Binaries() {}

  /// Makes sure that the programs are there. Call with the [StartLock] held.
  static void ensure(Layout layout) throws IOException {
    if (isComplete(layout.binaries())) {
      return;
    }
    Disk.requireRoom(layout.folder());
    Disk.removeLeftovers(layout.folder(), "bin-" + Layout.BINARIES_VERSION);
    var built = layout.folder().resolve("bin-" + Layout.BINARIES_VERSION + ".new");
    Files.createDirectory(built);
    try (var packed = open()) {
      Archive.unpack(packed, built, Archive.Caps.ORDINARY);
    }
    letOthersRead(built);
    Disk.write(built.resolve(MARKER), measure(built));
    Disk.publish(built, layout.binaries());
  }

  private static boolean isComplete(Path folder) throws IOException {
    var marker = folder.resolve(MARKER);
    return Files.isRegularFile(marker) && Files.readString(marker).equals(measure(folder));
  }

  /// Counts everything but the marker.
  static String measure(Path folder) throws IOException {
    long files = 0;
    long bytes = 0;
    try (Stream<Path> tree = Files.walk(folder)) {
      for (var path : (Iterable<Path>) tree::iterator) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !path.endsWith(MARKER)) {
          files++;
          bytes += Files.size(path);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files + " files, " + bytes + " bytes\n";
  }

  /// The server may run as another account than the one that unpacks, whatever the umask is.
  private static void letOthersRead(Path root) throws IOException {
    var mode = PosixFilePermissions.fromString("rwxr-xr-x");
    try (Stream<Path> tree = Files.walk(root)) {
      for (var path : (Iterable<Path>) tree::iterator) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.setPosixFilePermissions(path, mode);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static InputStream open() {
    var system = System.getProperty("os.name", "?");
    var architecture = System.getProperty("os.arch", "?");
    var resource = Binaries.class.getResourceAsStream(resource(system, architecture));
    if (resource == null) {
      throw new ProblemException(new BinariesMissing(system, architecture));
    }
    return resource;
  }

  /// The class path name of the archive for a platform; names none for one that is not shipped.
  static String resource(String system, String architecture) {
    var name = system.toLowerCase(Locale.ROOT);
    var cpu =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> architecture;
        };
    return "/postgres-" + name + "-" + cpu + ".txz";
  }
}
