package tranche.app.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// The log of a control plane: one line per record on standard error, our own from INFO on, that of
/// libraries from WARNING on.
final class ServerLogging {
  private static final String CONFIGURATION =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = WARNING
      tranche.level = INFO
      java.util.logging.ConsoleHandler.level = ALL
      java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
      java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n
      """;

  private ServerLogging() {}

  static void toStandardError() {
    try {
      LogManager.getLogManager()
          .readConfiguration(
              new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
