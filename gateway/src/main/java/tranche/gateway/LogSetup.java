package tranche.gateway;

import java.util.logging.Level;
import java.util.logging.Logger;

/// One line per event on stderr, and silence where clients could fill the log.
final class LogSetup {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  /// Kept here because the logging system holds loggers weakly, and their level would be lost.
  private static final Logger PROXY_REQUESTS = Logger.getLogger("io.undertow.proxy");

  private static final Logger REQUESTS = Logger.getLogger("io.undertow.request");

  private LogSetup() {}

  static void apply() {
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
    }
    // Undertow writes a stack trace for every broken connection; those are counted, not logged.
    PROXY_REQUESTS.setLevel(Level.OFF);
    REQUESTS.setLevel(Level.SEVERE);
  }
}
