package tranche.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigCasesTest {
  static List<Path> cases() {
    return Golden.cases("config-cases", ".yaml");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_configuration_is_read_or_refused_with_the_place_and_the_fix(Path file, @TempDir Path temp)
      throws IOException {
    Path folder = new ConfigFolder(temp).path();
    Path copy = Files.copy(file, folder.resolve("tranche.yaml"));

    String outcome =
        Golden.outcome(folder, () -> ConfigReader.read(copy, ConfigFolder.ENVIRONMENT));

    Golden.check(Path.of(file.toString().replace(".yaml", ".txt")), outcome);
  }
}
