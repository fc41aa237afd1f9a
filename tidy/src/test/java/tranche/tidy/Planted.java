package tranche.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Classes that break a rule, compiled for one test.
final class Planted {
  private final Path folder;

  Planted(Path folder) {
    this.folder = folder;
  }

  /// Compiles the sources together; the file name is the type's name.
  JavaClasses compile(String... sources) throws IOException {
    Path planted = Files.createTempDirectory(folder, "planted");
    String[] files = new String[sources.length];
    for (int i = 0; i < sources.length; i++) {
      String type = sources[i].replaceFirst("(?s).*?(?:class|record|interface) (\\w+).*", "$1");
      Path file = planted.resolve("source" + i).resolve(type + ".java");
      Files.createDirectories(file.getParent());
      files[i] = Files.writeString(file, sources[i]).toString();
    }
    Path output = Files.createDirectories(planted.resolve("classes"));
    String[] options = {"-d", output.toString(), "-cp", System.getProperty("java.class.path")};
    String[] arguments =
        Stream.concat(Arrays.stream(options), Arrays.stream(files)).toArray(String[]::new);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    return new ClassFileImporter().importPaths(List.of(output));
  }
}
