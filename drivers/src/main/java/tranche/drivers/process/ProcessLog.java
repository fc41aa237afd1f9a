package tranche.drivers.process;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;

/// What a process writes. `log` grows while it runs and is cut when it is too long; what was cut is
/// `log.1`, and only the newest of those is kept, so a process takes about twice the cap on disk.
///
/// The process appends, so cutting the file to nothing makes it go on at the beginning. Lines that
/// are written between the copy and the cut are lost; that is the price of not making the process
/// wait.
public record ProcessLog(Path file) {
  /// The size in bytes above which the log of a running process is cut.
  static final long MAX_BYTES = 20L * 1024 * 1024;

  /// The size in bytes above which a start begins a new log.
  static final long FRESH_BYTES = 1024 * 1024;

  private static final int TAIL_BYTES = 16 * 1024;
  private static final int WORDS_LINES = 5;
  private static final int WORDS_CHARS = 600;
  private static final String HIDDEN = "••••";

  /// Makes it ready to be written by a new run.
  ///
  /// @return where that run's output begins, in bytes
  public long begin() throws IOException {
    if (Files.exists(file) && Files.size(file) > FRESH_BYTES) {
      Files.move(file, previous(), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return Files.size(file);
  }

  /// Cuts it if it is too long.
  public void cap() throws IOException {
    if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
      Files.copy(file, previous(), StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  /// The last lines since `begin`, at most 5 and at most 600 characters, without the secrets.
  public String lastWords(long begin, Collection<String> secrets) throws IOException {
    String text = tail(begin);
    for (String secret : secrets) {
      text = text.replace(secret, HIDDEN);
      text = text.replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), HIDDEN);
    }
    List<String> lines =
        text.lines().map(ProcessLog::printable).filter(line -> !line.isBlank()).toList();
    String words =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - WORDS_LINES), lines.size()));
    if (words.isEmpty()) {
      return "(nothing)";
    }
    return words.length() <= WORDS_CHARS
        ? words
        : "…" + words.substring(words.length() - WORDS_CHARS + 1);
  }

  private String tail(long begin) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(Math.min(begin, channel.size()), channel.size() - TAIL_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
      int read = 0;
      while (read >= 0 && bytes.hasRemaining()) {
        read = channel.read(bytes, from + bytes.position());
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      // A line that was cut at its beginning could show the rest of a secret.
      return from > begin ? text.substring(text.indexOf('\n') + 1) : text;
    }
  }

  private static String printable(String line) {
    return line.replaceAll("\\p{Cntrl}", " ").strip();
  }

  private Path previous() {
    return file.resolveSibling(file.getFileName() + ".1");
  }
}
