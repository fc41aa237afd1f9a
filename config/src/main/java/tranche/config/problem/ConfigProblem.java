package tranche.config.problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can be wrong with a file that an operator wrote. Values of keys that are not understood are
/// never shown: they may be passwords in the wrong place.
public sealed interface ConfigProblem extends Problem {
  /// How many of several errors are listed.
  int LISTED = 20;

  @Override
  default ProblemKind kind() {
    return ProblemKind.BAD_REQUEST;
  }

  /// A key that means nothing at that place.
  record UnknownKey(Where where, String key, List<String> known) implements ConfigProblem {
    @Override
    public String code() {
      return "unknown-key";
    }

    @Override
    public String what() {
      return where
          + ": unknown key '"
          + shown(key)
          + "'"
          + Nearest.to(key, known).map(k -> " (did you mean '" + k + "'?)").orElse("");
    }

    @Override
    public String why() {
      return "A key that is not understood would be ignored, and what it was meant to change would"
          + " silently not be changed.";
    }

    @Override
    public String fix() {
      return "Correct the key or remove it; known here are: " + String.join(", ", known) + ".";
    }
  }

  /// A key that must be there and is not.
  record MissingKey(Where where, String key, String form) implements ConfigProblem {
    @Override
    public String code() {
      return "missing-key";
    }

    @Override
    public String what() {
      return where + ": key '" + key + "' is missing";
    }

    @Override
    public String why() {
      return "There is no value that could be assumed for it.";
    }

    @Override
    public String fix() {
      return "Add `" + key + "`: " + form + ".";
    }
  }

  /// A key that is given twice in one place.
  record DuplicateKey(Where where, String key, Where first) implements ConfigProblem {
    @Override
    public String code() {
      return "duplicate-key";
    }

    @Override
    public String what() {
      return where + ": key '" + shown(key) + "' was given before, at " + first;
    }

    @Override
    public String why() {
      return "Only one of the two values could count, and it would be a guess which.";
    }

    @Override
    public String fix() {
      return "Remove one of the two, or merge what is below them.";
    }
  }

  /// A value that is not of the form or in the range that its key needs.
  record WrongValue(Where where, String key, String value, String expected)
      implements ConfigProblem {
    @Override
    public String code() {
      return "wrong-value";
    }

    @Override
    public String what() {
      return where + ": " + key + " is '" + shown(value) + "'";
    }

    @Override
    public String why() {
      return "Expected is " + expected + ".";
    }

    @Override
    public String fix() {
      return "Write " + expected + " at " + where + ".";
    }
  }

  /// A list where a map belongs, and the like.
  record WrongStructure(Where where, String key, String found, String expected)
      implements ConfigProblem {
    @Override
    public String code() {
      return "wrong-structure";
    }

    @Override
    public String what() {
      return where + ": " + key + " is " + found;
    }

    @Override
    public String why() {
      return "Expected is " + expected + ".";
    }

    @Override
    public String fix() {
      return "Write "
          + expected
          + " at "
          + where
          + "; check the indentation of the lines below it.";
    }
  }

  /// Text that cannot be read as YAML, or uses more of YAML than data.
  record NotYaml(Where where, String message) implements ConfigProblem {
    @Override
    public String code() {
      return "not-yaml";
    }

    @Override
    public String what() {
      return where + ": " + message;
    }

    @Override
    public String why() {
      return "Files are read as plain data: maps, lists and texts in UTF-8, without tags, anchors"
          + " and aliases, at most 50 levels deep.";
    }

    @Override
    public String fix() {
      return "Correct the file at " + where + ".";
    }
  }

  /// A file that is named and not there.
  record MissingFile(Optional<Where> where, String key, Path file) implements ConfigProblem {
    @Override
    public String code() {
      return "missing-file";
    }

    @Override
    public String what() {
      return where.map(w -> w + ": ").orElse("") + key + " " + file + " does not exist";
    }

    @Override
    public String why() {
      return "It is needed to go on, and there is nothing that could stand in for it.";
    }

    @Override
    public String fix() {
      return "Create "
          + file
          + ", or correct the path; relative paths start at the folder of the file that names"
          + " them.";
    }
  }

  /// A file that is there and cannot be read.
  record UnreadableFile(Path file, String message) implements ConfigProblem {
    @Override
    public String code() {
      return "unreadable-file";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return "File " + file + " cannot be read: " + message;
    }

    @Override
    public String why() {
      return "What it declares is unknown, and guessing is not safe.";
    }

    @Override
    public String fix() {
      return "Make " + file + " a readable file of UTF-8 text within the size limit.";
    }
  }

  /// A password file that everybody on the machine can read.
  record ExposedSecret(Where where, Path file) implements ConfigProblem {
    @Override
    public String code() {
      return "exposed-secret";
    }

    @Override
    public String what() {
      return where + ": password file " + file + " can be read by every user of this machine";
    }

    @Override
    public String why() {
      return "A password that everybody can read protects nothing.";
    }

    @Override
    public String fix() {
      return "Run `chmod 600 " + file + "`, and change the password if others may have seen it.";
    }
  }

  /// An environment variable that is named and not set.
  record MissingVariable(Where where, String variable) implements ConfigProblem {
    @Override
    public String code() {
      return "missing-variable";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.ENVIRONMENT;
    }

    @Override
    public String what() {
      return where + ": environment variable " + variable + " is not set or empty";
    }

    @Override
    public String why() {
      return "The password is to be taken from it when the configuration is read.";
    }

    @Override
    public String fix() {
      return "Set " + variable + " in the environment of this command, or use password_file.";
    }
  }

  /// More than one of them.
  record SeveralErrors(List<ConfigProblem> problems) implements ConfigProblem {
    public SeveralErrors {
      problems = List.copyOf(problems);
    }

    @Override
    public String code() {
      return "several-errors";
    }

    @Override
    public String what() {
      var lines = new StringBuilder(problems.size() + " errors:");
      problems.stream()
          .limit(LISTED)
          .forEach(p -> lines.append("\n  ").append(p.what()).append("\n    ").append(p.fix()));
      int more = problems.size() - LISTED;
      return more > 0 ? lines + "\n  and " + more + " more" : lines.toString();
    }

    @Override
    public String why() {
      return "Nothing is done with a file that is only partly understood.";
    }

    @Override
    public String fix() {
      return "Correct each of them; the line below each says how.";
    }
  }

  private static String shown(String value) {
    String line = value.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 80 ? line : line.substring(0, 80) + "...";
  }
}
