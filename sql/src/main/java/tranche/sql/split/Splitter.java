package tranche.sql.split;

import java.util.List;
import tranche.core.problem.ProblemException;
import tranche.sql.parse.PgParser;

/// Splits a script into statements, by PostgreSQL's own rules. Safe for use by several threads, as
/// the parser is.
public final class Splitter {
  /// The longest script, in characters. What is not COPY data is also limited by the parser,
  /// statement by statement.
  public static final int MOST_CHARACTERS = 64 << 20;

  private final PgParser parser;

  /// A splitter that asks this parser.
  public Splitter(PgParser parser) {
    this.parser = parser;
  }

  /// Splits a script.
  ///
  /// @param file what problems call it
  /// @return its parts in order. Between them there are only blanks, comments, semicolons and the
  ///   lines that end COPY data
  /// @throws ProblemException with a [tranche.sql.problem.SqlProblem], the first in the file
  public List<ScriptPart> split(String script, String file) {
    return new Splitting(parser, script, file).parts();
  }
}
