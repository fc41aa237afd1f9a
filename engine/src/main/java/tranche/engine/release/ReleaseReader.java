package tranche.engine.release;

import java.nio.file.Path;
import tranche.core.release.Release;

/// Reads a release folder.
@FunctionalInterface
public interface ReleaseReader {
  /// Reads the folder and computes the hash of what is in it.
  ///
  /// @throws tranche.core.problem.ProblemException if something is missing or cannot be understood
  Release read(Path folder);
}
