package tranche.sql.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tranche.sql.effect.Grammar;
import tranche.sql.parse.ParseResult;
import tranche.sql.parse.PgParser;
import tranche.sql.tree.Node;

class QuotingTest {
  private static final PgParser PARSER = new PgParser(Grammar.LOADED);
  private static final String ALPHABET = "abzAZ_019$ \"'\\;-\n.äß漢\ud83d\ude00";

  private static Node parsed(String sql) {
    assertThat(PARSER.parse(sql)).as(sql).isInstanceOf(ParseResult.Parsed.class);
    return ((ParseResult.Parsed) PARSER.parse(sql)).statements().getFirst().tree();
  }

  private static void assertComesBack(String name) {
    String quoted = Quoting.identifier(name);
    Node table = parsed("DROP TABLE %s.%s".formatted(quoted, quoted));
    assertThat(Name.ofParts(table.children("objects").getFirst().children("items")))
        .isEqualTo(new Name(Optional.of(name), name));
    Node function = parsed("DROP FUNCTION %s(%s)".formatted(quoted, quoted));
    Node object = function.children("objects").getFirst();
    assertThat(Name.ofParts(object.children("objname")).own()).isEqualTo(name);
    Node type = object.children("objargs").getFirst();
    assertThat(Name.ofParts(type.children("names")).own()).isEqualTo(name);
    Node column = parsed("ALTER TABLE t RENAME %s TO %s".formatted(quoted, quoted));
    assertThat(column.text("subname")).contains(name);
    assertThat(column.text("newname")).contains(name);
  }

  @Test
  void a_quoted_name_means_itself_wherever_it_stands() {
    var random = new Random(4711);
    int[] letters = ALPHABET.codePoints().toArray();
    for (int i = 0; i < 500; i++) {
      var name = new StringBuilder();
      for (int n = random.nextInt(1, 12); n > 0; n--) {
        name.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      assertComesBack(name.toString());
    }
  }

  @Test
  void no_keyword_is_taken_for_something_else() {
    for (String word : KEYWORDS.strip().split("\\s+", -1)) {
      assertComesBack(word);
    }
  }

  @Test
  void ordinary_names_stay_as_they_are() {
    assertThat(Quoting.identifier("issue_by_age")).isEqualTo("issue_by_age");
    assertThat(Quoting.identifier("name")).isEqualTo("name");
    assertThat(Quoting.identifier("Order")).isEqualTo("\"Order\"");
    assertThat(Quoting.identifier("user")).isEqualTo("\"user\"");
  }

  @Test
  void a_quoted_text_means_itself() {
    for (String text : new String[] {"", "it's", "a\\b", "\\'", "\n", "漢"}) {
      Node select = parsed("SELECT " + Quoting.literal(text));
      Node value = select.children("targetList").getFirst().child("val").orElseThrow();
      assertThat(value.child("sval").flatMap(s -> s.text("sval")).orElse("")).isEqualTo(text);
    }
  }

  // Every keyword that PostgreSQL 18 lists, of all categories.
  private static final String KEYWORDS =
      """
      abort absent absolute access action add admin after aggregate all also alter always analyse
      analyze and any array as asc asensitive assertion assignment asymmetric at atomic attach
      attribute authorization backward before begin between bigint binary bit boolean both breadth by
      cache call called cascade cascaded case cast catalog chain char character characteristics check
      checkpoint class close cluster coalesce collate collation column columns comment comments commit
      committed compression concurrently conditional configuration conflict connection constraint
      constraints content continue conversion copy cost create cross csv cube current current_catalog
      current_date current_role current_schema current_time current_timestamp current_user cursor cycle
      data database day deallocate dec decimal declare default defaults deferrable deferred definer
      delete delimiter delimiters depends depth desc detach dictionary disable discard distinct do
      document domain double drop each else empty enable encoding encrypted end enforced enum error
      escape event except exclude excluding exclusive execute exists explain expression extension
      external extract false family fetch filter finalize first float following for force foreign format
      forward freeze from full function functions generated global grant granted greatest group grouping
      groups handler having header hold hour identity if ilike immediate immutable implicit import in
      include including increment indent index indexes inherit inherits initially inline inner inout
      input insensitive insert instead int integer intersect interval into invoker is isnull isolation
      join json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar
      json_serialize json_table json_value keep key keys label language large last lateral leading
      leakproof least left level like limit listen load local localtime localtimestamp location lock
      locked logged mapping match matched materialized maxvalue merge merge_action method minute minvalue
      mode month move name names national natural nchar nested new next nfc nfd nfkc nfkd no none
      normalize normalized not nothing notify notnull nowait null nullif nulls numeric object objects of
      off offset oids old omit on only operator option options or order ordinality others out outer over
      overlaps overlay overriding owned owner parallel parameter parser partial partition passing
      password path period placing plan plans policy position preceding precision prepare prepared
      preserve primary prior privileges procedural procedure procedures program publication quote quotes
      range read real reassign recursive ref references referencing refresh reindex relative release
      rename repeatable replace replica reset restart restrict return returning returns revoke right role
      rollback rollup routine routines row rows rule savepoint scalar schema schemas scroll search second
      security select sequence sequences serializable server session session_user set setof sets share
      show similar simple skip smallint snapshot some source sql stable standalone start statement
      statistics stdin stdout storage stored strict string strip subscription substring support symmetric
      sysid system system_user table tables tablesample tablespace target temp template temporary text
      then ties time timestamp to trailing transaction transform treat trigger trim true truncate trusted
      type types uescape unbounded uncommitted unconditional unencrypted union unique unknown unlisten
      unlogged until update user using vacuum valid validate validator value values varchar variadic
      varying verbose version view views virtual volatile when where whitespace window with within without
      work wrapper write xml xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse
      xmlpi xmlroot xmlserialize xmltable year yes zone
      """;
}
