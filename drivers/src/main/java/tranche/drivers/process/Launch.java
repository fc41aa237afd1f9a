package tranche.drivers.process;

import java.nio.file.Path;
import java.util.List;

/// What is to be started.
///
/// @param command the argument vector; no shell sees it
/// @param folder the working folder
/// @param log takes everything that the process writes, at its end
public record Launch(List<String> command, Path folder, Mark mark, Path log) {
  public Launch {
    command = List.copyOf(command);
  }
}
