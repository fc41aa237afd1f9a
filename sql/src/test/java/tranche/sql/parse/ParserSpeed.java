package tranche.sql.parse;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/// Shows how fast the parser is on this machine. After `mvn -pl sql -am test-compile`:
///
///     java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
///       -cp sql/target/classes:sql/target/test-classes:core/target/classes \
///       tranche.sql.parse.ParserSpeed first
///
/// Rates are per second of the thread's own processor time, so that a busy machine does not count.
///
/// `first` parses once and shows the time since `main` began; `steady` parses for some seconds, on
/// one thread, trees included.
final class ParserSpeed {
  private static final long SECOND = 1_000_000_000L;
  private static final int ROUNDS = 8;

  private ParserSpeed() {}

  public static void main(String[] words) {
    long start = System.nanoTime();
    PgGrammar grammar = PgGrammar.load();
    long loaded = System.nanoTime();
    PgParser parser = new PgParser(grammar);
    ParseResult first = parser.parse(Samples.MIGRATION);
    long parsed = System.nanoTime();
    System.out.printf(
        Locale.ROOT,
        "load %.0f ms, first parse %.0f ms, together %.0f ms (%d statements)%n",
        (loaded - start) / 1e6,
        (parsed - loaded) / 1e6,
        (parsed - start) / 1e6,
        Samples.count(first));
    if (words.length > 0 && words[0].equals("steady")) {
      for (int round = 1; round <= ROUNDS; round++) {
        System.out.printf(
            Locale.ROOT, "round %d: %,.0f statements/s%n", round, perSecond(parser, 2 * SECOND));
      }
    }
  }

  /// How many statements of migrations are parsed per second, measured for so many nanoseconds.
  static double perSecond(PgParser parser, long nanos) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    long used = 0;
    long count = 0;
    while (used < nanos) {
      count += Samples.count(parser.parse(Samples.MIGRATION));
      used = thread.getCurrentThreadCpuTime() - start;
    }
    return count * (double) SECOND / used;
  }
}
