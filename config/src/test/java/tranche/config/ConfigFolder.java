package tranche.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// A folder with everything that a configuration in a test may name.
final class ConfigFolder {
  static final Map<String, String> ENVIRONMENT =
      Map.of("STORE_PASSWORD", "from-environment", "APP_PASSWORD", "from-environment");

  private final Path folder;

  ConfigFolder(Path folder) throws IOException {
    this.folder = folder.toRealPath();
    Golden.copy(Path.of("src/test/resources/config-base"), this.folder);
    secret("secrets/store.txt", "store-password\n", "rw-------");
    secret("secrets/migrator.txt", "migrator-password\n", "rw-------");
    secret("secrets/app.txt", "app-password", "rw-r-----");
    secret("secrets/open.txt", "open-password\n", "rw-r--r--");
    secret("secrets/empty.txt", "\n", "rw-------");
  }

  private void secret(String name, String text, String permissions) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /// The example in the documentation of the configuration.
  static String documentedExample() throws IOException {
    String page = text(Path.of("../docs/reference/configuration.md"));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  static String text(Path file) throws IOException {
    return Files.readString(file);
  }

  Path path() {
    return folder;
  }

  TrancheConfig read(String yaml) throws IOException {
    Path file = folder.resolve("tranche.yaml");
    Files.writeString(file, yaml);
    return ConfigReader.read(file, ENVIRONMENT);
  }
}
