package tranche.drivers.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An environment variable by which a process and all its children can be found again, also when
/// its starter died before it could write the pid down.
///
/// Works where the system shows environments in `/proc` (Linux). Elsewhere nothing is ever found.
public record Mark(String variable, Path value) {
  private static final Path PROC = Path.of("/proc");

  public Mark {
    value = value.toAbsolutePath().normalize();
  }

  /// All living processes that carry the mark, the oldest first.
  List<ProcessIdentity> processes() {
    List<ProcessIdentity> found = new ArrayList<>();
    if (!Files.exists(PROC.resolve("self/environ"))) {
      return found;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : all) {
        if (isOn(process)) {
          ProcessIdentity.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Listing the processes of this machine", e);
    }
    found.sort(Mark::byAge);
    return found;
  }

  private boolean isOn(Path process) {
    String entry = variable + "=" + value;
    return ProcessIdentity.read(process.resolve("environ"))
        .filter(environment -> Arrays.asList(environment.split("\0")).contains(latin(entry)))
        .isPresent();
  }

  /// The bytes of a text, read as the environments are.
  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static int byAge(ProcessIdentity one, ProcessIdentity other) {
    int byLength = Integer.compare(one.start().length(), other.start().length());
    int byStart = byLength != 0 ? byLength : one.start().compareTo(other.start());
    return byStart != 0 ? byStart : Long.compare(one.pid(), other.pid());
  }
}
