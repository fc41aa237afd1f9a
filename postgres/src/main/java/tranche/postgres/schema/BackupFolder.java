package tranche.postgres.schema;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.fleet.StoreId;
import tranche.core.rollout.RolloutId;

/// The files of one store's backup: `<rollout>/<database>/<schema>/<table>.copy.gz` and
/// `manifest.json`. Folders and files are for their owner only, since they hold customers' data. A
/// file appears whole or not at all: it is written under another name, forced to disk and renamed.
final class BackupFolder {
  private static final String MANIFEST = "manifest.json";
  private static final long MANIFEST_LIMIT = 10_000_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  BackupFolder(Path root, RolloutId rollout, StoreId store) {
    this.folder =
        root.resolve(rollout.value())
            .resolve(fileName(store.database().value()))
            .resolve(fileName(store.schema()));
  }

  /// Writes something that may fail halfway.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException, SQLException;
  }

  /// Where it is.
  Path path() {
    return folder;
  }

  /// A name that is one file's name and nothing else: every byte but letters, digits, `-` and `_`
  /// becomes `%XX`. Different names stay different.
  static String fileName(String name) {
    var out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
      if (isPlain || b == '-' || b == '_') {
        out.append((char) b);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /// Creates the folder.
  void create() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is not a folder");
    }
  }

  /// Writes a compressed file.
  void writeCompressed(String name, Content content) throws IOException, SQLException {
    write(
        name,
        out -> {
          try (var zip = new GZIPOutputStream(out, 1 << 16)) {
            content.writeTo(zip);
          }
        });
  }

  private void write(String name, Content content) throws IOException, SQLException {
    Path part = folder.resolve(name + ".part");
    Files.deleteIfExists(part);
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        // The compressed stream closes what it writes to; the channel must stay open to be forced.
        content.writeTo(new Unclosed(Channels.newOutputStream(channel)));
        channel.force(true);
      }
      Files.move(
          part,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      forceFolder();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void forceFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /// Reads a compressed file.
  InputStream readCompressed(String name) throws IOException {
    return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file(name))), 1 << 16);
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!folder.equals(file.getParent()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    return file;
  }

  /// The size of a file in bytes.
  long size(String name) throws IOException {
    return Files.size(file(name));
  }

  /// The SHA-256 of a file in hex.
  String sha256(String name) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (var in = new DigestInputStream(Files.newInputStream(file(name)), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void write(Manifest manifest) throws IOException, SQLException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
    write(MANIFEST, out -> out.write(json));
  }

  /// The manifest; empty if there is none that can be read.
  Optional<Manifest> manifest() throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) > MANIFEST_LIMIT) {
      return Optional.empty();
    }
    try {
      Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
      return manifest.format() == Manifest.FORMAT ? Optional.of(manifest) : Optional.empty();
    } catch (JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /// The manifest of a backup that is complete: every file is there and is what was verified.
  Optional<Manifest> intact() throws IOException {
    Optional<Manifest> manifest = manifest();
    if (manifest.isPresent()) {
      for (Manifest.TableCopy copy : manifest.get().tables()) {
        if (!isIntact(copy)) {
          return Optional.empty();
        }
      }
    }
    return manifest;
  }

  private boolean isIntact(Manifest.TableCopy copy) throws IOException {
    try {
      return sha256(copy.file()).equals(copy.sha256());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// The tables that a backup holds.
  static Set<String> tables(Manifest manifest) {
    return manifest.tables().stream()
        .map(Manifest.TableCopy::table)
        .collect(Collectors.toUnmodifiableSet());
  }
}
