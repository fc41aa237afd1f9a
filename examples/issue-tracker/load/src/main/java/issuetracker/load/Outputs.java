package issuetracker.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The two files that are written: the report, replaced as a whole so that a reader never sees half
/// of it, and the journal, to which acknowledged writes are appended: sequence number, tenant and
/// issue id, separated by tabs.
final class Outputs implements AutoCloseable {
  private final Optional<Path> report;
  private final Optional<BufferedWriter> journal;

  Outputs(Optional<Path> report, Optional<Path> journal) throws IOException {
    this.report = report.map(Path::toAbsolutePath);
    this.journal =
        journal.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Files.newBufferedWriter(
                    journal.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /// Notes a write that the server acknowledged. It reaches the file with the next [#flush].
  synchronized void acknowledged(Call call, Acknowledged.Target target) {
    if (journal.isPresent()) {
      try {
        journal
            .get()
            .write(call.sequence() + "\t" + target.tenant() + "\t" + target.issue() + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException("the journal cannot be written", e);
      }
    }
  }

  /// Brings both files up to date.
  void flush(Totals totals, boolean finished) throws IOException {
    synchronized (this) {
      if (journal.isPresent()) {
        journal.get().flush();
      }
    }
    if (report.isPresent()) {
      Path next = report.get().resolveSibling(report.get().getFileName() + ".next");
      Files.write(next, totals.report(finished));
      Files.move(next, report.get(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (journal.isPresent()) {
      journal.get().close();
    }
  }
}
