package tranche.sql.problem;

import java.util.List;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a file of SQL before anything of it runs.
public sealed interface SqlProblem extends Problem {
  /// Where it is.
  Place place();

  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// A place in a file.
  ///
  /// @param file the file as the operator knows it
  /// @param line from 1
  /// @param column in characters, from 1
  record Place(String file, int line, int column) {
    /// `V7__orders.sql:12:5`, which editors and terminals can follow.
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /// PostgreSQL's grammar refuses the text.
  ///
  /// @param message in the server's words
  record Syntax(Place place, String message) implements SqlProblem {
    @Override
    public String code() {
      return "sql-syntax";
    }

    @Override
    public String what() {
      return place + ": " + message;
    }

    @Override
    public String why() {
      return "PostgreSQL's own grammar refuses the file at this place, and every server would.";
    }

    @Override
    public String fix() {
      return "Correct " + place + "; what is wrong may also be just before it.";
    }
  }

  /// A command of psql among the statements.
  ///
  /// @param command such as `\set`
  record PsqlCommand(Place place, String command) implements SqlProblem {
    @Override
    public String code() {
      return "sql-psql-command";
    }

    @Override
    public String what() {
      return place + ": " + command + " is a command of psql, not SQL";
    }

    @Override
    public String why() {
      return "psql carries out such commands itself and sends none of them to the server.";
    }

    @Override
    public String fix() {
      return "Remove "
          + command
          + ", or write as SQL what it does; from a dump, \\restrict, \\unrestrict and \\connect"
          + " can just be deleted.";
    }
  }

  /// `COPY ... FROM stdin` without an end of its data.
  record CopyWithoutEnd(Place place) implements SqlProblem {
    @Override
    public String code() {
      return "sql-copy-without-end";
    }

    @Override
    public String what() {
      return place + ": the data after COPY ... FROM stdin does not end";
    }

    @Override
    public String why() {
      return "Data goes on until a line that holds nothing but \\. and there is none, so every"
          + " statement after it would be loaded as data.";
    }

    @Override
    public String fix() {
      return "Put a line with nothing but \\. after the last row of the COPY at " + place + ".";
    }
  }

  /// Something else in the line after `COPY ... FROM stdin;`.
  record CopyNotAlone(Place place) implements SqlProblem {
    @Override
    public String code() {
      return "sql-copy-not-alone";
    }

    @Override
    public String what() {
      return place + ": there is more in the line after COPY ... FROM stdin;";
    }

    @Override
    public String why() {
      return "The data begins in the next line, and it is not said whether the rest of this one"
          + " comes before or after it.";
    }

    @Override
    public String fix() {
      return "Move what begins at " + place + " behind the line \\. that ends the data.";
    }
  }

  /// More than is read at once.
  ///
  /// @param limit such as `16 MB of text`
  record TooLarge(Place place, String limit) implements SqlProblem {
    @Override
    public String code() {
      return "sql-too-large";
    }

    @Override
    public String what() {
      return place + ": what begins here is more than " + limit;
    }

    @Override
    public String why() {
      return "Tranche reads every statement before it runs one, within limits that keep its memory"
          + " bounded.";
    }

    @Override
    public String fix() {
      return "Split what begins at "
          + place
          + " into several statements or files; load many rows with COPY ... FROM stdin.";
    }
  }

  /// Several files are wrong.
  ///
  /// @param first the first ones, in the order of the files
  /// @param total how many there are
  record Several(List<SqlProblem> first, int total) implements SqlProblem {
    /// Copies.
    public Several {
      first = List.copyOf(first);
    }

    @Override
    public Place place() {
      return first.getFirst().place();
    }

    @Override
    public String code() {
      return "sql-several-files";
    }

    @Override
    public String what() {
      String each = String.join("\n", first.stream().map(SqlProblem::what).toList());
      String more = total > first.size() ? "\nand " + (total - first.size()) + " more" : "";
      return total + " files cannot be read as SQL:\n" + each + more;
    }

    @Override
    public String why() {
      return "Every script is read before one of them runs, so that a run does not stop halfway at"
          + " a misprint.";
    }

    @Override
    public String fix() {
      return "Correct each of the places named.";
    }
  }
}
