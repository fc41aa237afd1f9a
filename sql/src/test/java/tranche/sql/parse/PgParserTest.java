package tranche.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.sql.tree.Node;

class PgParserTest {
  private static final PgGrammar GRAMMAR = PgGrammar.load();
  private final PgParser parser = new PgParser(GRAMMAR);

  @Test
  void a_text_becomes_its_statements_with_text_place_and_tree() {
    List<ParsedStatement> statements =
        parsed("-- größer\nALTER TABLE a ADD b int ;\n\n/* é */ DROP TABLE \"ü\" -- end\n");

    assertThat(statements)
        .extracting(ParsedStatement::text)
        .containsExactly("ALTER TABLE a ADD b int", "DROP TABLE \"ü\" -- end");
    assertThat(statements).extracting(ParsedStatement::offset).containsExactly(10, 45);
    assertThat(statements).extracting(ParsedStatement::line).containsExactly(2, 4);
    assertThat(statements)
        .extracting(s -> s.tree().kind())
        .containsExactly("AlterTableStmt", "DropStmt");
  }

  @Test
  void a_tree_has_kinds_fields_lists_and_places_in_characters() {
    String sql =
        "/* 🐘é */ ALTER TABLE IF EXISTS s.t ADD COLUMN c varchar(20) NOT NULL DEFAULT 'x'";
    Node alter = parsed(sql).getFirst().tree();

    assertThat(alter.flag("missing_ok")).isTrue();
    assertThat(alter.text("objtype")).hasValue("OBJECT_TABLE");
    Node relation = alter.child("relation").orElseThrow();
    assertThat(relation.kind()).isEmpty();
    assertThat(relation.text("schemaname")).hasValue("s");
    assertThat(relation.number("location")).hasValue(sql.indexOf("s.t"));
    Node column = alter.children("cmds").getFirst().child("def").orElseThrow();
    assertThat(column.kind()).isEqualTo("ColumnDef");
    assertThat(column.children("constraints"))
        .extracting(c -> c.text("contype").orElseThrow())
        .containsExactly("CONSTR_NOTNULL", "CONSTR_DEFAULT");
    assertThat(column.number("location")).hasValue(sql.indexOf("c varchar"));
    assertThat(column.child("nothing")).isEmpty();
    assertThat(column.children("nothing")).isEmpty();
  }

  @Test
  void an_error_has_the_servers_message_and_its_place() {
    assertThat(parser.parse("SELECT 'é🐘';\n  ALTER TABEL x"))
        .isEqualTo(new ParseResult.SyntaxError("syntax error at or near \"TABEL\"", 22, 2, 9));
  }

  @ParameterizedTest
  @MethodSource("tranche.sql.parse.Statements18#all")
  void a_statement_of_postgresql_18_becomes_a_node_of_its_kind(Statements18.Sample sample) {
    List<ParsedStatement> statements = parsed(sample.sql());

    assertThat(statements).extracting(s -> s.tree().kind()).containsExactly(sample.kind());
    assertThat(statements.getFirst().text()).isEqualTo(sample.sql());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 FROM | syntax error at end of input | 13",
        "CREATE TABLE t (a int,, b int) | syntax error at or near \",\" | 22",
        "SELECT 'unterminated | unterminated quoted string at or near \"'unterminated\" | 7",
        "SELECT $a$ x | unterminated dollar-quoted string at or near \"$a$ x\" | 7",
        "SELECT 1 /* x | unterminated /* comment at or near \"/* x\" | 9",
        "SELECT \"\" | zero-length delimited identifier at or near \"\"\"\" | 7",
        "SELECT 1a | trailing junk after numeric literal at or near \"1a\" | 7",
        "SELECT U&'\\00' | invalid Unicode escape | 10",
        "CREATE TABLE a (b int) PARTITION BY x (b) | unrecognized partitioning strategy \"x\" | 36",
        "SELECT a FROM b LIMIT 1 LIMIT 2 | syntax error at or near \"LIMIT\" | 24",
        "TABLE a FETCH FIRST 3 ROWS WITH TIES | WITH TIES cannot be specified without ORDER BY"
            + " clause | 27",
        "ALTER TABEL x | syntax error at or near \"TABEL\" | 6",
      })
  void a_wrong_statement_gets_the_servers_words(String sql, String message, int offset) {
    assertThat(parser.parse(sql))
        .isEqualTo(new ParseResult.SyntaxError(message, offset, 1, offset + 1));
  }

  @Test
  void a_part_of_a_text_has_places_in_the_whole() {
    String script = "é;\nSELECT\n  x FROM;\nBEGIN";
    int start = script.indexOf("SELECT");
    int end = script.indexOf(";\nBEGIN");

    assertThat(parser.parse(new TextRange(script, start, end, 2)))
        .isEqualTo(new ParseResult.SyntaxError("syntax error at end of input", end, 3, 9));
    ParseResult begin = parser.parse(new TextRange(script, end + 2, script.length(), 4));
    ParsedStatement statement = ((ParseResult.Parsed) begin).statements().getFirst();
    assertThat(statement.offset()).isEqualTo(end + 2);
    assertThat(statement.line()).isEqualTo(4);
  }

  @Test
  void only_blanks_and_comments_are_no_statements() {
    assertThat(parsed("")).isEmpty();
    assertThat(parsed(" ;; -- x\n/* ; */;")).isEmpty();
  }

  @Test
  void statements_that_differ_in_constants_share_normal_form_and_fingerprint() {
    assertThat(parser.normalise("SELECT 'a', 1 FROM t WHERE x = 5"))
        .isEqualTo("SELECT $1, $2 FROM t WHERE x = $3");
    assertThat(parser.normalise("SELEC 1")).isEqualTo("SELEC 1");
    assertThat(parser.fingerprint("SELECT * FROM t WHERE x IN (1, 2)"))
        .isPresent()
        .isEqualTo(parser.fingerprint("select *\nfrom t where x in (3) -- y"))
        .isNotEqualTo(parser.fingerprint("SELECT * FROM t WHERE y IN (1, 2)"));
    assertThat(parser.fingerprint("SELEC 1")).isEmpty();
  }

  @Test
  void parsers_on_several_threads_agree() throws InterruptedException {
    List<ParsedStatement> expected = parsed(Samples.MIGRATION);
    Queue<List<ParsedStatement>> found = new ConcurrentLinkedQueue<>();
    PgGrammar fresh = PgGrammar.load();
    PgParser shared = new PgParser(fresh);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      PgParser own = i % 2 == 0 ? shared : new PgParser(fresh);
      threads.add(
          Thread.ofPlatform()
              .start(() ->
                  found.add(((ParseResult.Parsed) own.parse(Samples.MIGRATION)).statements())));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(found).hasSize(4).allSatisfy(one -> assertThat(one).isEqualTo(expected));
  }

  @Test
  void the_whole_grammar_can_be_translated() {
    assertThat(PgGrammar.load().translateAll()).isGreaterThan(400);
  }

  private List<ParsedStatement> parsed(String sql) {
    assertThat(parser.parse(sql)).isInstanceOf(ParseResult.Parsed.class);
    return ((ParseResult.Parsed) parser.parse(sql)).statements();
  }
}
