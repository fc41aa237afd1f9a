package tranche.config.fleet;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tranche.config.files.TextFile;
import tranche.config.problem.Findings;
import tranche.core.problem.ProblemException;

/// Adds a tenant to the end of a CSV file of tenants. What is there stays byte for byte.
///
/// The new file is written beside the old one and put in its place at once, so readers see the
/// whole old or the whole new one. Writers are one at a time: each holds a lock on the file that it
/// read, and finds out afterwards that this still is the file of that name.
public final class CsvAppend {
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int TRIES = 50;

  private final Path file;

  private CsvAppend(Path file) {
    this.file = file;
  }

  /// Looks, under the lock, at what the file holds now.
  @FunctionalInterface
  public interface Check {
    /// Says whether the row is to be added.
    ///
    /// @param rows the tenants that the file lists
    /// @return false if nothing has to be added
    /// @throws ProblemException if it must not be added
    boolean isWanted(List<TenantRow> rows);
  }

  /// Adds the row, unless the check finds that there is nothing to add.
  ///
  /// @return the line that the row is on; empty if nothing was added
  /// @throws ProblemException [TenantsFileProblem]; [tranche.config.problem.ConfigProblem] if the
  ///   file cannot be read; and what the check throws
  public static Optional<Long> row(TenantSource.Csv source, TenantRow row, Check check) {
    try {
      // A link stays a link: what it leads to is replaced.
      return new CsvAppend(source.file().toRealPath()).add(row, check);
    } catch (IOException e) {
      throw notWritten(source.file(), e);
    }
  }

  /// Finds out whether the row could be added, as far as that can be seen without writing.
  ///
  /// @throws ProblemException [TenantsFileProblem]; [tranche.config.problem.ConfigProblem] if the
  ///   file cannot be read
  public static void requirePossible(TenantSource.Csv source, TenantRow row) {
    var append = new CsvAppend(source.file());
    String _ = append.line(TextFile.read(source.file(), MAX_BYTES), row);
    try {
      Path file = source.file().toRealPath();
      Path folder = Objects.requireNonNull(file.getParent());
      if (!Files.isWritable(file) || !Files.isWritable(folder)) {
        Path closed = Files.isWritable(file) ? folder : file;
        throw new TenantsFileProblem.NotWritten(source.file(), closed + " is not writable")
            .exception();
      }
    } catch (IOException e) {
      throw notWritten(source.file(), e);
    }
  }

  private static ProblemException notWritten(Path file, IOException e) {
    String message = e.getClass().getSimpleName() + ": " + e.getMessage();
    return new ProblemException(new TenantsFileProblem.NotWritten(file, message), e);
  }

  private Optional<Long> add(TenantRow row, Check check) throws IOException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Object before = key();
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        if (isLocked(channel) && before.equals(key())) {
          return addLocked(row, check);
        }
      }
    }
    throw new TenantsFileProblem.NotWritten(file, "others kept changing it").exception();
  }

  /// Waits for the lock; the system gives it back when the process ends, however it ends.
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.lock().isValid();
    } catch (OverlappingFileLockException _) {
      // Another thread of this process has it.
      LockSupport.parkNanos(20_000_000);
      return false;
    }
  }

  private Object key() throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return Objects.requireNonNullElse(attributes.fileKey(), file);
  }

  private Optional<Long> addLocked(TenantRow row, Check check) throws IOException {
    Findings findings = new Findings();
    List<TenantRow> rows = new CsvTenants(file, findings).read();
    findings.throwIfAny();
    if (!check.isWanted(rows)) {
      return Optional.empty();
    }
    byte[] before = TextFile.bytes(file, MAX_BYTES);
    String text = TextFile.decode(file, before);
    String end = lineEnd(text);
    boolean isOpen = !text.isEmpty() && !text.endsWith("\n") && !text.endsWith("\r");
    String line = line(text, row);
    String added = isOpen ? end + line : line + end;
    replace(before, added.getBytes(StandardCharsets.UTF_8));
    return Optional.of(text.lines().count() + 1);
  }

  private static String lineEnd(String text) {
    int newline = text.indexOf('\n');
    if (newline < 0) {
      return text.indexOf('\r') >= 0 ? "\r" : "\n";
    }
    return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
  }

  /// The row in the order of the file's columns, in quotes if its header is.
  private String line(String text, TenantRow row) {
    List<String> header = header(text);
    Map<String, String> columns = row.columns();
    columns.forEach((column, value) -> {
      if (!header.contains(column)) {
        throw new TenantsFileProblem.ColumnMissing(file, column, value).exception();
      }
    });
    boolean isQuoted = text.stripLeading().startsWith("\"");
    List<String> fields = new ArrayList<>();
    for (String column : header) {
      fields.add(field(columns.getOrDefault(column, ""), isQuoted));
    }
    return String.join(",", fields);
  }

  private static String field(String value, boolean isQuoted) {
    boolean isPlain = value.matches("[^\",\\r\\n]*") && value.equals(value.strip());
    return isPlain && !isQuoted ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private List<String> header(String text) {
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
      return reader.stream()
          .findFirst()
          .map(first -> first.getFields().stream().map(String::strip).toList())
          .orElse(List.of());
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }

  private void replace(byte[] before, byte[] added) throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Path next = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      keepAccess(next);
      try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
        writeAll(out, before);
        writeAll(out, added);
        out.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      boolean _ = Files.deleteIfExists(next);
    }
  }

  private static void writeAll(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      int _ = out.write(buffer);
    }
  }

  /// Owner, group and permissions of the file that is replaced.
  private void keepAccess(Path next) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    var mine = Files.getFileAttributeView(next, PosixFileAttributeView.class);
    if (view == null || mine == null) {
      return; // No POSIX permissions on this file system.
    }
    var kept = view.readAttributes();
    var made = mine.readAttributes();
    if (!kept.owner().equals(made.owner())) {
      mine.setOwner(kept.owner());
    }
    if (!kept.group().equals(made.group())) {
      mine.setGroup(kept.group());
    }
    mine.setPermissions(kept.permissions());
  }
}
