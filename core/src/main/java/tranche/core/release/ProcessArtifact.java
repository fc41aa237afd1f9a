package tranche.core.release;

import java.util.List;

/// An application that runs as an operating-system process.
///
/// `command` is an argument vector, never given to a shell; `{java}` and `{folder}` in it stand for
/// the Java executable and the release folder. `readyPath` answers 200 when an instance can serve.
public record ProcessArtifact(
    String folder, List<ArtifactFile> files, List<String> command, String readyPath) {
  public ProcessArtifact {
    files = List.copyOf(files);
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("empty command");
    }
  }
}
