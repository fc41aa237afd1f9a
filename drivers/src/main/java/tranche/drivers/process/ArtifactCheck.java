package tranche.drivers.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tranche.core.problem.ProblemException;
import tranche.core.release.ArtifactFile;
import tranche.core.release.Release;
import tranche.engine.delivery.DeliveryProblem.ArtifactChanged;

/// Compares the files of a release with what was hashed when it was created.
final class ArtifactCheck {
  private static final int CHUNK = 1 << 16;

  private ArtifactCheck() {}

  /// @throws tranche.core.problem.ProblemException [ArtifactChanged] for the first file that is
  ///   missing, cannot be read or differs
  static void check(Release release) {
    Path folder = Path.of(release.artifact().folder());
    for (ArtifactFile file : release.artifact().files()) {
      String found = hash(release, folder, file);
      if (!found.equalsIgnoreCase(file.sha256())) {
        throw new ArtifactChanged(release.id().value(), file.path()).exception();
      }
    }
  }

  private static String hash(Release release, Path folder, ArtifactFile file) {
    try (InputStream in = Files.newInputStream(folder.resolve(file.path()))) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        sha.update(chunk, 0, read);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (IOException e) {
      throw new ProblemException(new ArtifactChanged(release.id().value(), file.path()), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
