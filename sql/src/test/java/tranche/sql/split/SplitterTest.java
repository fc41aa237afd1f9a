package tranche.sql.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.problem.ProblemException;
import tranche.sql.parse.ParseResult;
import tranche.sql.parse.PgGrammar;
import tranche.sql.parse.PgParser;
import tranche.sql.problem.SqlProblem;

class SplitterTest {
  private static final PgParser PARSER = new PgParser(PgGrammar.load());
  private static final int GENERATED_SCRIPTS = 150;
  private final Splitter splitter = new Splitter(PARSER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ';', 'it''s; --', \";\"\";\"",
        "SELECT E'a\\';', e'\\\\', U&'d\\0061t;', U&\"d\\0061;\", B'1', N';'",
        "SELECT E'a'\n  'b\\';'\r\n\n\t'c\\''",
        "SELECT $$;$$, $a$ $$;$b$ $a$, $1, a$b$ FROM t AS a$b$",
        "SELECT $größe$;$größe$",
        "DO $x$ BEGIN PERFORM $$;$$; END; $x$",
        "SELECT 1 /* ; /* ; */ ; */ + 2",
        "SELECT 1 -- ;\n + 2",
        "SELECT 1 +-- ;\n 2",
        "SELECT 5-/*;*/1",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
        "CREATE OR REPLACE PROCEDURE p(a int) BEGIN ATOMIC INSERT INTO t VALUES (CASE a WHEN 1 THEN"
            + " CASE WHEN true THEN 2 END ELSE 3 END); DELETE FROM t; END",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.end, 1 AS case FROM t; SELECT 2;"
            + " END",
        "CREATE RULE r AS ON INSERT TO v DO INSTEAD (INSERT INTO a VALUES (1); NOTIFY c)",
        "COPY t FROM '/tmp/x'",
        "COPY t TO STDOUT",
        "COPY (SELECT 1) TO STDOUT",
        "BEGIN",
        "SELECT begin, atomic FROM t"
      })
  void a_semicolon_inside_of_a_statement_does_not_end_it(String statement) {
    String script = "SELECT 0;\n" + statement + ";\nSELECT 1;";
    List<ScriptPart> parts = splitter.split(script, "x.sql");

    assertThat(parts)
        .extracting(ScriptPart::text)
        .containsExactly("SELECT 0", statement, "SELECT 1");
    assertThat(parts).allSatisfy(part -> assertThat(part).isInstanceOf(ScriptPart.Sql.class));
    assertThat(splitter.split(statement, "x.sql")).hasSize(1);
  }

  @Test
  void a_comment_without_an_end_is_not_taken_for_blanks() {
    assertThatThrownBy(() -> splitter.split("SELECT 1;\n/* DROP TABLE a;\n", "x.sql"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().what())
                    .startsWith("x.sql:2:1: unterminated /* comment at or near"));
  }

  @Test
  void parts_have_places_lines_and_trees() {
    String script =
        "\ufeff-- é 🐘\n\nSELECT 1;/* x */ DROP TABLE t ;\r\n;;\r\nCREATE TABLE ü (é int)\n";
    List<ScriptPart> parts = splitter.split(script, "x.sql");

    assertThat(parts)
        .extracting(ScriptPart::text)
        .containsExactly("SELECT 1", "DROP TABLE t", "CREATE TABLE ü (é int)");
    assertThat(parts).extracting(ScriptPart::line).containsExactly(3, 3, 5);
    assertThat(parts).allSatisfy(part -> assertThat(script).startsWith("").contains(part.text()));
    for (ScriptPart part : parts) {
      assertThat(script.startsWith(part.text(), part.offset())).isTrue();
    }
    assertThat(parts.getLast().tree().child("relation").orElseThrow().number("location"))
        .hasValue(script.indexOf("ü"));
  }

  @Test
  void copy_data_is_cut_out_before_anything_is_parsed() {
    String script =
        """
        CREATE TABLE t (a text);
        copy t (a) /* ; */ from STDIN with (format csv);  -- rows
        it's; $$ /* "
        \\N
        \\.
        SELECT 1;
        COPY t FROM stdin;
        \\.
        """;
    List<ScriptPart> parts = splitter.split(script, "x.sql");

    assertThat(parts).hasSize(4);
    assertThat(parts.get(1))
        .isInstanceOfSatisfying(
            ScriptPart.CopyData.class,
            copy -> {
              assertThat(copy.text()).isEqualTo("copy t (a) /* ; */ from STDIN with (format csv)");
              assertThat(copy.data()).isEqualTo("it's; $$ /* \"\n\\N\n");
              assertThat(copy.line()).isEqualTo(2);
              assertThat(copy.tree().kind()).isEqualTo("CopyStmt");
            });
    assertThat(parts.get(2))
        .extracting(ScriptPart::text, ScriptPart::line)
        .containsExactly("SELECT 1", 6);
    assertThat(((ScriptPart.CopyData) parts.get(3)).data()).isEmpty();
  }

  @Test
  void copy_data_with_windows_line_ends_ends_too() {
    List<ScriptPart> parts = splitter.split("COPY t FROM stdin;\r\na\r\n\\.\r\nSELECT 1", "x.sql");
    assertThat(((ScriptPart.CopyData) parts.getFirst()).data()).isEqualTo("a\r\n");
    assertThat(parts.getLast().text()).isEqualTo("SELECT 1");
  }

  @Test
  void copy_data_without_an_end_is_a_problem() {
    assertThat(problem("SELECT 1;\n COPY t FROM stdin;\na\n"))
        .isEqualTo(new SqlProblem.CopyWithoutEnd(place(2, 2)));
  }

  @Test
  void something_after_copy_in_its_line_is_a_problem() {
    assertThat(problem("COPY t FROM stdin; SELECT 1;\na\n\\.\n"))
        .isEqualTo(new SqlProblem.CopyNotAlone(place(1, 20)));
  }

  @Test
  void a_syntax_error_names_file_line_and_column() {
    assertThat(problem("SELECT 'é🐘';\n\nALTER TABEL x;\nSELECT 1;"))
        .isEqualTo(new SqlProblem.Syntax(place(3, 7), "syntax error at or near \"TABEL\""));
    assertThat(problem("CREATE TABLE a (b int;\nSELECT 1;\nCOPY t FROM stdin;\n1\n\\.\n"))
        .isEqualTo(new SqlProblem.Syntax(place(1, 22), "syntax error at or near \";\""));
    SqlProblem problem = problem("SELECT 1 FRM t x");
    assertThat(problem.what()).isEqualTo("x.sql:1:14: syntax error at or near \"t\"");
    assertThat(problem.fix()).contains("x.sql:1:14");
  }

  @Test
  void a_command_of_psql_is_a_problem_unless_an_error_comes_before_it() {
    assertThat(problem("SELECT 1;\n\\set ON_ERROR_STOP on\n"))
        .isEqualTo(new SqlProblem.PsqlCommand(place(2, 1), "\\set"));
    assertThat(problem("SELECT 1 \\gset"))
        .isEqualTo(new SqlProblem.PsqlCommand(place(1, 10), "\\gset"));
    assertThat(problem("SELEC 1;\n\\i x.sql")).isInstanceOf(SqlProblem.Syntax.class);
    assertThat(splitter.split("SELECT '\\set', \"\\i\", $$\\x$$ /* \\ */", "x.sql")).hasSize(1);
  }

  @Test
  void a_statement_that_is_too_large_is_named_and_many_small_ones_are_not() {
    String many = "INSERT INTO t VALUES (1, 'some text', now());\n".repeat(4_000);
    assertThat(splitter.split(many, "x.sql")).hasSize(4_000);

    String deep = "SELECT 1;\nSELECT 2" + "||a".repeat(5_000) + ";\nSELECT 3";
    assertThat(problem(deep))
        .isEqualTo(new SqlProblem.TooLarge(place(2, 1), "1000 levels of nesting"));
  }

  @Test
  void a_script_beyond_the_limit_is_refused() {
    assertThat(problem(" ".repeat(Splitter.MOST_CHARACTERS + 1)))
        .isEqualTo(new SqlProblem.TooLarge(place(1, 1), "64 MB of text"));
  }

  @Test
  void what_was_split_can_be_joined_and_the_grammar_counts_the_same() {
    Random random = new Random(7);
    for (int i = 0; i < GENERATED_SCRIPTS; i++) {
      ScriptGenerator.Script script = ScriptGenerator.script(random);
      List<ScriptPart> parts = splitter.split(script.text(), "x.sql");

      assertThat(parts)
          .extracting(ScriptPart::text)
          .as(script.text())
          .isEqualTo(script.statements());
      assertThat(joined(script.text(), parts)).isEqualTo(script.text());
      if (!script.hasCopyData()) {
        ParseResult parsed = PARSER.parse(script.text());
        assertThat(((ParseResult.Parsed) parsed).statements()).hasSameSizeAs(parts);
      }
    }
  }

  /// Puts the parts back between what lay between them, and checks that this says nothing.
  private static String joined(String script, List<ScriptPart> parts) {
    StringBuilder text = new StringBuilder();
    for (ScriptPart part : parts) {
      String gap = script.substring(text.length(), part.offset());
      assertThat(((ParseResult.Parsed) PARSER.parse(gap)).statements()).as(gap).isEmpty();
      text.append(gap).append(part.text());
      if (part instanceof ScriptPart.CopyData copy) {
        int data = script.indexOf('\n', text.length()) + 1;
        text.append(script, text.length(), data).append(copy.data());
        assertThat(script.startsWith("\\.", text.length())).isTrue();
        text.append("\\.");
      }
    }
    return text.append(script, text.length(), script.length()).toString();
  }

  private SqlProblem problem(String script) {
    ProblemException[] thrown = new ProblemException[1];
    assertThatThrownBy(() -> splitter.split(script, "x.sql"))
        .isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
    return (SqlProblem) thrown[0].problem();
  }

  private static SqlProblem.Place place(int line, int column) {
    return new SqlProblem.Place("x.sql", line, column);
  }
}
