package tranche.sql.split;

import java.util.ArrayList;
import java.util.List;
import tranche.sql.parse.ParseResult;
import tranche.sql.parse.ParsedStatement;
import tranche.sql.parse.PgParser;
import tranche.sql.parse.TextRange;
import tranche.sql.problem.SqlProblem;
import tranche.sql.tree.Node;

/// The splitting of one script.
///
/// Statements go to the grammar in groups: a group costs little more than its longest statement,
/// and the memory that the grammar needs depends on the group and not on the script.
final class Splitting {
  private static final int GROUP_CHARACTERS = 32 << 10;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final PgParser parser;
  private final String script;
  private final String file;
  private final List<ScriptPart> parts = new ArrayList<>();
  private final List<StatementFinder.Found> group = new ArrayList<>();
  private final LineCounter lines;

  Splitting(PgParser parser, String script, String file) {
    this.parser = parser;
    this.script = script;
    this.file = file;
    this.lines = new LineCounter(script);
  }

  List<ScriptPart> parts() {
    if (script.length() > Splitter.MOST_CHARACTERS) {
      String limit = (Splitter.MOST_CHARACTERS >> 20) + " MB of text";
      throw new SqlProblem.TooLarge(place(0), limit).exception();
    }
    StatementFinder finder = new StatementFinder(new Scanner(script));
    int at = !script.isEmpty() && script.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    while (at < script.length()) {
      at = take(finder.from(at));
    }
    endGroup();
    return List.copyOf(parts);
  }

  /// Takes a statement and says where to go on.
  private int take(StatementFinder.Found found) {
    if (found.command() >= 0) {
      endGroup();
      throw command(found).exception();
    }
    if (found.mayReadInput()) {
      endGroup();
      return copy(found);
    }
    if (found.end() > found.start()) {
      group.add(found);
    }
    if (!group.isEmpty() && found.end() - group.getFirst().start() >= GROUP_CHARACTERS) {
      endGroup();
    }
    return found.next();
  }

  /// A command of psql, unless what stands before it is already wrong: then it may only look like
  /// one, as the data of a COPY does that was not recognised.
  private SqlProblem command(StatementFinder.Found found) {
    int end = found.command();
    TextRange before = new TextRange(script, found.start(), end, lines.lineOf(found.start()));
    if (parser.parse(before) instanceof ParseResult.SyntaxError error
        && !script.substring(error.offset(), end).isBlank()) {
      return syntax(error);
    }
    return new SqlProblem.PsqlCommand(place(end), commandAt(end));
  }

  private SqlProblem syntax(ParseResult.SyntaxError error) {
    SqlProblem.Place place = new SqlProblem.Place(file, error.line(), error.column());
    return new SqlProblem.Syntax(place, error.message());
  }

  private void endGroup() {
    if (!group.isEmpty()) {
      List<StatementFinder.Found> members = List.copyOf(group);
      group.clear();
      int start = members.getFirst().start();
      parsed(start, members.getLast().read(), members).forEach(this::add);
    }
  }

  private void add(ParsedStatement one) {
    parts.add(new ScriptPart.Sql(one.text(), one.offset(), one.line(), one.tree()));
  }

  private List<ParsedStatement> parsed(int start, int end, List<StatementFinder.Found> members) {
    TextRange range = new TextRange(script, start, end, lines.lineOf(start));
    return switch (parser.parse(range)) {
      case ParseResult.Parsed(List<ParsedStatement> statements) -> statements;
      case ParseResult.SyntaxError error -> throw syntax(error).exception();
      case ParseResult.Refused refused -> oneByOne(members, refused);
    };
  }

  /// Finds the statement that is too much. Together they may be it although none of them is.
  private List<ParsedStatement> oneByOne(
      List<StatementFinder.Found> members, ParseResult.Refused refused) {
    if (members.size() == 1) {
      SqlProblem.Place place = place(members.getFirst().start());
      throw new SqlProblem.TooLarge(place, refused.limit().words()).exception();
    }
    List<ParsedStatement> all = new ArrayList<>();
    for (StatementFinder.Found member : members) {
      all.addAll(parsed(member.start(), member.read(), List.of(member)));
    }
    return all;
  }

  private int copy(StatementFinder.Found found) {
    List<ParsedStatement> statements = parsed(found.start(), found.read(), List.of(found));
    if (statements.size() != 1 || !readsInput(statements.getFirst().tree())) {
      statements.forEach(this::add);
      return found.next();
    }
    ParsedStatement copy = statements.getFirst();
    CopyInput input = CopyInput.after(script, found.next());
    if (input.obstacle() >= 0) {
      throw new SqlProblem.CopyNotAlone(place(input.obstacle())).exception();
    }
    if (!input.isEnded()) {
      throw new SqlProblem.CopyWithoutEnd(place(copy.offset())).exception();
    }
    String data = script.substring(input.start(), input.end());
    parts.add(new ScriptPart.CopyData(copy.text(), data, copy.offset(), copy.line(), copy.tree()));
    return input.next();
  }

  private static boolean readsInput(Node copy) {
    return copy.is("CopyStmt")
        && copy.flag("is_from")
        && !copy.flag("is_program")
        && !copy.isPresent("filename");
  }

  private String commandAt(int offset) {
    int end = offset + 1;
    while (end < script.length() && end - offset < 30 && !Scanner.isBlank(script.charAt(end))) {
      end++;
    }
    return script.substring(offset, end);
  }

  private SqlProblem.Place place(int offset) {
    TextRange.Place place = TextRange.placeOf(script, offset);
    return new SqlProblem.Place(file, place.line(), place.column());
  }
}
