package tranche.app.schema.selection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.config.database.PasswordReader;
import tranche.config.files.TextFile;
import tranche.core.secret.Secret;
import tranche.postgres.database.DatabaseAddress;

/// Finds the password for a URL, where libpq would look for it too: a file that was named, the
/// variable `PGPASSWORD`, the file `~/.pgpass` (or the one that `PGPASSFILE` names). None at all is
/// an answer too: the server may ask for none.
///
/// @param environment the variables of this process
/// @param named the file of `--password-file`
record Passwords(Map<String, String> environment, Optional<Path> named) {
  private static final int LARGEST = 1024 * 1024;

  Passwords {
    environment = Map.copyOf(environment);
  }

  /// The password of that user on that database.
  ///
  /// @throws tranche.core.problem.ProblemException if a file is not there, not readable, or
  ///   readable by too many
  Optional<Secret> find(DatabaseAddress address, String user) {
    if (named.isPresent()) {
      return Optional.of(PasswordReader.file(named.get()));
    }
    String variable = environment.getOrDefault("PGPASSWORD", "");
    return variable.isEmpty() ? inPassfile(address, user) : Optional.of(Secret.of(variable));
  }

  private Optional<Secret> inPassfile(DatabaseAddress address, String user) {
    Optional<Path> file =
        variable("PGPASSFILE")
            .or(() -> variable("HOME").map(home -> home + "/.pgpass"))
            .map(Path::of)
            .filter(Files::isRegularFile);
    return file.flatMap(f -> lookUp(f, address, user));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static Optional<Secret> lookUp(Path file, DatabaseAddress address, String user) {
    if (isSeenByOthers(file)) {
      throw new TargetProblem.PassfileExposed(file.toString()).exception();
    }
    List<String> wanted =
        List.of(
            address.server().host(), String.valueOf(address.server().port()), address.name(), user);
    for (String line : TextFile.read(file, LARGEST).lines().toList()) {
      List<String> fields = line.startsWith("#") ? List.of() : fields(line);
      if (fields.size() == wanted.size() + 1 && isFor(fields, wanted)) {
        return Optional.of(fields.getLast()).filter(p -> !p.isEmpty()).map(Secret::of);
      }
    }
    return Optional.empty();
  }

  private static boolean isFor(List<String> fields, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// The fields of a line; a backslash takes the meaning from a colon or a backslash.
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char character = line.charAt(i);
      if (character == '\\' && i + 1 < line.length()) {
        field.append(line.charAt(++i));
      } else if (character == ':' && fields.size() < 4) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(character);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static boolean isSeenByOthers(Path file) {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return false; // No POSIX permissions on this file system: nothing can be said about others.
    }
    try {
      var permissions = view.readAttributes().permissions();
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.GROUP_READ);
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }
}
