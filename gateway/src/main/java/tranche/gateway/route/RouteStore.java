package tranche.gateway.route;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.StartProblem.RoutesDamaged;
import tranche.gateway.problem.TableProblem.TableNotStored;

/// The routing table on disk: one line with the SHA-256 of the rest, then the table as JSON.
///
/// The checksum is there because a damaged table can still be well-formed JSON with other weights.
public final class RouteStore {
  private static final int HEADER_BYTES = 65;

  private final Path file;

  /// A store in this file; nothing is read yet.
  public RouteStore(Path file) {
    this.file = file;
  }

  /// The stored table, or [RoutingTable#EMPTY] when none was ever stored.
  ///
  /// @throws ProblemException with [RoutesDamaged] when a file is there but cannot be trusted
  public RoutingTable load() {
    if (!Files.exists(file)) {
      return RoutingTable.EMPTY;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      String expected = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.US_ASCII);
      if (!expected.equals(digestOfRest() + "\n")) {
        throw new ProblemException(
            new RoutesDamaged(file.toString(), "its checksum does not match its content"));
      }
      return TableReader.table(in);
    } catch (ProblemException e) {
      throw e.problem() instanceof RoutesDamaged ? e : damaged(e.problem().what(), e);
    } catch (IOException | JacksonException e) {
      throw damaged("it cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /// Makes a table durable; when this returns, a power cut does not lose it.
  ///
  /// @throws ProblemException with [TableNotStored]; the former table is then still stored
  public void save(RoutingTable table) {
    try {
      MessageDigest digest = sha256();
      try (OutputStream none = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        RouteJson.writeTable(table, none);
      }
      byte[] header = (hex(digest) + "\n").getBytes(StandardCharsets.US_ASCII);
      DurableFile.replace(
          file,
          out -> {
            out.write(header);
            RouteJson.writeTable(table, out);
          });
    } catch (IOException | JacksonException e) {
      throw new ProblemException(
          new TableNotStored(file.toString(), e.getClass().getSimpleName() + ": " + e.getMessage()),
          e);
    }
  }

  private String digestOfRest() throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(HEADER_BYTES);
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
    }
    return hex(digest);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private ProblemException damaged(String reason, Throwable cause) {
    return new ProblemException(new RoutesDamaged(file.toString(), reason), cause);
  }
}
