package tranche.config.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import tranche.config.files.TextFile;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Where;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.secret.Secret;

/// Reads passwords from files and environment variables; they are never in the configuration
/// itself.
public final class PasswordReader {
  private static final int MAX_BYTES = 4096;
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,127}";

  private final Path folder;
  private final Map<String, String> environment;

  /// Files are relative to `folder`; variables are looked up in `environment`.
  public PasswordReader(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /// The password that `password_file` or `password_env` of the map leads to.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem] when neither is given, both are,
  ///   or there is no password to be had
  Secret required(YamlMap map) {
    Optional<YamlValue> file = map.optional("password_file");
    Optional<YamlValue> variable = map.optional("password_env");
    if (variable.isPresent() && file.isPresent()) {
      throw variable.get().wrong("only one of password_file and password_env");
    }
    return variable
        .map(this::fromEnvironment)
        .orElseGet(
            () -> fromFile(map.required("password_file", "a file, or password_env: a variable")));
  }

  private Secret fromEnvironment(YamlValue value) {
    String name = value.text(t -> t.matches(VARIABLE), "the name of an environment variable");
    String password = environment.getOrDefault(name, "");
    if (password.isEmpty()) {
      throw new ConfigProblem.MissingVariable(value.where(), name).exception();
    }
    return Secret.of(password);
  }

  private Secret fromFile(YamlValue value) {
    Path file = folder.resolve(value.text());
    if (!Files.exists(file)) {
      throw new ConfigProblem.MissingFile(Optional.of(value.where()), value.key(), file)
          .exception();
    }
    return file(value.where(), file);
  }

  /// The password that is all there is in a file, but for a line end.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem] when there is none to be had, or
  ///   everybody can read it
  public static Secret file(Path file) {
    return file(Where.file(file.toString()), file);
  }

  private static Secret file(Where where, Path file) {
    String text = TextFile.read(file, MAX_BYTES);
    if (isReadableByAll(file)) {
      throw new ConfigProblem.ExposedSecret(where, file).exception();
    }
    String password = text.replaceFirst("\\R\\z", "");
    if (password.isEmpty()) {
      throw new ConfigProblem.UnreadableFile(file, "it is empty").exception();
    }
    return Secret.of(password);
  }

  private static boolean isReadableByAll(Path file) {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return false; // No POSIX permissions on this file system: nothing can be said about others.
    }
    try {
      return view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }
}
