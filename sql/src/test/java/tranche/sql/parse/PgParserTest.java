package tranche.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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

  private List<ParsedStatement> parsed(String sql) {
    assertThat(parser.parse(sql)).isInstanceOf(ParseResult.Parsed.class);
    return ((ParseResult.Parsed) parser.parse(sql)).statements();
  }
}
