package tranche.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.ArchiveRefused;

/// Unpacks an xz-compressed tar into a new folder and trusts nothing in it.
///
/// Links are made only after all files are written, so that no file can be written through one, and
/// may name only a neighbour in their own folder, so that no chain of them can lead outside.
final class Archive {
  private static final int MEMORY_LIMIT_KIB = 128 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path target;
  private final Caps caps;
  private final Map<Path, String> links = new LinkedHashMap<>();
  private int entries;
  private long bytes;

  /// What an archive may hold at most.
  record Caps(int entries, long bytes) {
    static final Caps ORDINARY = new Caps(5_000, 400L * 1024 * 1024);
  }

  private Archive(Path target, Caps caps) {
    this.target = target;
    this.caps = caps;
  }

  /// Unpacks into `target`, which must exist and be empty.
  static void unpack(InputStream packed, Path target, Caps caps) throws IOException {
    var archive = new Archive(target, caps);
    try (var tar =
        new TarArchiveInputStream(new XZInputStream(packed, MEMORY_LIMIT_KIB), "UTF-8")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        archive.accept(entry, tar);
      }
    }
    archive.link();
  }

  private void accept(TarArchiveEntry entry, InputStream content) throws IOException {
    if (++entries > caps.entries()) {
      throw refused(entry.getName(), "more than " + caps.entries() + " entries");
    }
    Path path = inside(entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(path);
    } else if (entry.isSymbolicLink()) {
      links.put(path, neighbour(entry));
    } else if (isPlainFile(entry)) {
      write(entry, content, path);
    } else {
      throw refused(entry.getName(), "neither a file, a folder nor a symbolic link");
    }
  }

  /// By the type flag: the library's own `isFile` also takes devices and pipes for files.
  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  private Path inside(String name) {
    if (name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0) {
      throw refused(name, "not a relative path");
    }
    for (var part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw refused(name, "it leads out of the folder");
      }
    }
    return target.resolve(name).normalize();
  }

  private static String neighbour(TarArchiveEntry entry) {
    var to = entry.getLinkName();
    if (to.isEmpty() || to.contains("/") || to.equals("..") || to.equals(".")) {
      throw refused(entry.getName(), "a link to '" + to + "', which is no neighbour");
    }
    return to;
  }

  private void write(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
    Files.createDirectories(path.getParent());
    var buffer = new byte[BUFFER_BYTES];
    try (var out =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        bytes += n;
        if (bytes > caps.bytes()) {
          throw refused(entry.getName(), "more than " + caps.bytes() + " bytes in all");
        }
        out.write(buffer, 0, n);
      }
    } catch (FileAlreadyExistsException _) {
      throw refused(entry.getName(), "it occurs twice");
    }
    boolean isProgram = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private void link() throws IOException {
    for (var link : links.entrySet()) {
      try {
        Files.createDirectories(link.getKey().getParent());
        Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
      } catch (FileAlreadyExistsException _) {
        throw refused(target.relativize(link.getKey()).toString(), "it occurs twice");
      }
    }
  }

  private static ProblemException refused(String entry, String reason) {
    var shown = entry.length() > 120 ? entry.substring(0, 120) + "..." : entry;
    return new ProblemException(new ArchiveRefused(shown, reason));
  }
}
