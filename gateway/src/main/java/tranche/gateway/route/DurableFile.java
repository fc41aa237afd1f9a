package tranche.gateway.route;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Replaces a file so that a reader, also after a power cut, sees the old or the new content and
/// nothing between.
public final class DurableFile {

  /// Produces the content.
  public interface Content {
    /// Writes everything to the stream; need not close it.
    void writeTo(OutputStream out) throws IOException;
  }

  private DurableFile() {}

  /// Writes beside the file, forces to disk, renames, and forces the folder.
  ///
  /// @throws IOException when any of it fails; the old content is then still there
  public static void replace(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " has no folder");
    }
    Path fresh = folder.resolve(file.getFileName() + ".new");
    write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }

  private static void write(Path fresh, Content content) throws IOException {
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }
}
