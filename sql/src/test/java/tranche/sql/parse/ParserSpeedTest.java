package tranche.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Ceilings that hold on a slow and busy machine too; [ParserSpeed] shows the figures.
class ParserSpeedTest {
  private static final int AT_LEAST_PER_SECOND = 1_500;
  private static final int FIRST_AT_MOST_MILLIS = 2_000;

  @Test
  void a_grammar_is_loaded_and_used_in_a_moment() {
    long start = System.nanoTime();
    ParseResult first = new PgParser(PgGrammar.load()).parse(Samples.MIGRATION);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

    assertThat(Samples.count(first)).isEqualTo(10);
    assertThat(millis).isLessThan(FIRST_AT_MOST_MILLIS);
  }

  @Test
  void thousands_of_statements_are_parsed_per_second() {
    PgParser parser = new PgParser(PgGrammar.load());
    long second = TimeUnit.SECONDS.toNanos(1);
    double best =
        Math.max(ParserSpeed.perSecond(parser, second), ParserSpeed.perSecond(parser, second));
    assertThat(best).isGreaterThan(AT_LEAST_PER_SECOND);
  }
}
