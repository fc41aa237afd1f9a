package issuetracker.server;

import issuetracker.http.Log;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Brings the warnings of libraries into the application's own log.
final class LibraryLog extends Handler {
  private final Log log;
  private final SimpleFormatter formatter = new SimpleFormatter();

  private LibraryLog(Log log) {
    this.log = log;
  }

  /// Replaces the handlers of the whole process.
  static void install(Log log) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new LibraryLog(log));
  }

  @Override
  public void publish(LogRecord record) {
    log.library(
        record.getLevel().getName().toLowerCase(Locale.ROOT),
        String.valueOf(record.getLoggerName()),
        formatter.formatMessage(record));
  }

  @Override
  public void flush() {
    // Every line is written at once.
  }

  @Override
  public void close() {
    // Standard output stays open.
  }
}
