package tranche.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tranche.sql.tree.Node;

/// Whatever the text is, there is an answer, soon, and the parser goes on working.
@Timeout(120)
class HostileTextTest {
  private static final PgGrammar GRAMMAR = PgGrammar.load();
  private static final int MUTATIONS = 6_000;
  private final PgParser parser = new PgParser(GRAMMAR);

  @Test
  void parentheses_nested_100_000_deep_are_too_much_for_the_grammar() {
    String sql = "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
    assertThat(parser.parse(sql))
        .isInstanceOfSatisfying(
            ParseResult.SyntaxError.class,
            error -> assertThat(error.message()).isEqualTo("memory exhausted at or near \"(\""));
    assertStillWorks();
  }

  @Test
  void deep_trees_are_read_up_to_a_limit() {
    String chain = "SELECT 1" + "||a".repeat(Node.DEEPEST - 10);
    assertThat(parser.parse(chain)).isInstanceOf(ParseResult.Parsed.class);
    String longer = "SELECT 1" + "||a".repeat(Node.DEEPEST + 10);
    assertThat(parser.parse(longer)).isEqualTo(new ParseResult.Refused(ParseLimit.DEPTH));
    String longest = "SELECT 1" + "||a".repeat(60_000);
    assertThat(parser.parse(longest)).isEqualTo(new ParseResult.Refused(ParseLimit.DEPTH));
    assertStillWorks();
  }

  @Test
  void a_thread_with_a_small_stack_is_enough() throws InterruptedException {
    String deep = "SELECT " + "NOT ".repeat(900) + "true";
    ParseResult[] result = new ParseResult[1];
    Thread small = new Thread(null, () -> result[0] = parser.parse(deep), "small", 256 << 10);
    small.start();
    small.join();
    assertThat(result[0]).isInstanceOf(ParseResult.Parsed.class);
  }

  @Test
  void what_is_longer_than_the_limit_is_refused_at_once() {
    String garbage = "\u4e2d$'(/*".repeat((50 << 20) / 6);
    assertThat(parser.parse(garbage)).isEqualTo(new ParseResult.Refused(ParseLimit.LENGTH));
    // Fewer characters than the limit, but more bytes.
    assertThat(parser.parse("é".repeat(9 << 20)))
        .isEqualTo(new ParseResult.Refused(ParseLimit.LENGTH));
  }

  @Test
  void what_needs_too_much_memory_is_refused_and_the_memory_given_back() {
    assertThat(parser.parse("SELECT 1;".repeat(200_000)))
        .isEqualTo(new ParseResult.Refused(ParseLimit.MEMORY));
    assertStillWorks();
  }

  @Test
  void what_takes_the_square_of_its_length_is_refused() {
    assertThat(parser.parse("/*".repeat(100_000)))
        .isEqualTo(new ParseResult.Refused(ParseLimit.WORK));
    assertStillWorks();
  }

  @Test
  void characters_that_no_text_can_hold_are_named() {
    assertThat(parser.parse("SELECT 1;\n\u0000"))
        .isEqualTo(error("invalid byte sequence for encoding \"UTF8\": 0x00", 10, 2, 1));
    assertThat(parser.parse("SELECT '\ud800'"))
        .isEqualTo(error("invalid byte sequence for encoding \"UTF8\": 0xed 0xa0 0x80", 8, 1, 9));
    assertThat(parser.parse("SELECT '\udfff\ud83d'"))
        .isEqualTo(error("invalid byte sequence for encoding \"UTF8\": 0xed 0xbf 0xbf", 8, 1, 9));
    assertThat(parser.parse("SELECT '\ud83d\udc18'")).isInstanceOf(ParseResult.Parsed.class);
  }

  @Test
  void a_message_does_not_quote_megabytes() {
    assertThat(parser.parse("a".repeat(1 << 20)))
        .isInstanceOfSatisfying(
            ParseResult.SyntaxError.class,
            error -> assertThat(error.message()).hasSizeLessThan(500));
  }

  @Test
  void statements_with_random_damage_get_an_answer() {
    List<Statements18.Sample> samples = Statements18.all();
    Random random = new Random(20_261_120);
    int wrong = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      StringBuilder text = new StringBuilder(samples.get(random.nextInt(samples.size())).sql());
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        damage(text, samples, random);
      }
      switch (parser.parse(text.toString())) {
        case ParseResult.Parsed _ -> {}
        case ParseResult.SyntaxError error -> {
          wrong++;
          assertThat(error.offset()).as(text.toString()).isBetween(0, text.length());
          assertThat(error.message()).as(text.toString()).isNotEmpty();
        }
        case ParseResult.Refused refused -> assertThat(refused).as(text.toString()).isNull();
      }
    }
    assertThat(wrong).isBetween(MUTATIONS / 2, MUTATIONS);
    assertStillWorks();
  }

  private static void damage(StringBuilder text, List<Statements18.Sample> samples, Random random) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(6)) {
      case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
      case 1 -> text.insert(at, "'\"$();,\\\\/*-:[]{}.".charAt(random.nextInt(17)));
      case 2 -> text.insert(at, Character.toChars(1 + random.nextInt(0xd7ff)));
      case 3 -> {
        String other = samples.get(random.nextInt(samples.size())).sql();
        text.insert(at, other, 0, random.nextInt(other.length()));
      }
      case 4 -> text.insert(at, text.substring(0, at));
      default -> text.insert(at, Character.toChars(0x10000 + random.nextInt(0xfffff)));
    }
  }

  private void assertStillWorks() {
    assertThat(parser.parse("SELECT 1")).isInstanceOf(ParseResult.Parsed.class);
  }

  private static ParseResult error(String message, int offset, int line, int column) {
    return new ParseResult.SyntaxError(message, offset, line, column);
  }
}
