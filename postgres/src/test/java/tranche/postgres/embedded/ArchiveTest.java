package tranche.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import tranche.core.problem.ProblemException;

final class ArchiveTest {
  private static final Archive.Caps CAPS = new Archive.Caps(10, 1_000);

  @TempDir Path temp;

  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private Path target() throws IOException {
    return Files.createDirectories(temp.resolve("target"));
  }

  private void unpack(Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(1)))) {
      content.write(tar);
    }
    Archive.unpack(new ByteArrayInputStream(bytes.toByteArray()), target(), CAPS);
  }

  private static void file(TarArchiveOutputStream tar, String name, String text, int mode)
      throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void special(TarArchiveOutputStream tar, String name, byte type, String to)
      throws IOException {
    var entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(to);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private void assertRefused(Content content) throws IOException {
    assertThatThrownBy(() -> unpack(content))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isInstanceOf(EmbeddedProblem.ArchiveRefused.class));
    try (var outside = Files.list(temp)) {
      assertThat(outside).containsExactly(target());
    }
  }

  @Test
  void files_programs_and_neighbour_links_arrive() throws IOException {
    unpack(tar -> {
      file(tar, "bin/tool", "run", 0755);
      file(tar, "lib/libx.so.1", "code", 0644);
      special(tar, "lib/libx.so", TarConstants.LF_SYMLINK, "libx.so.1");
    });

    assertThat(target().resolve("bin/tool")).isExecutable().hasContent("run");
    assertThat(target().resolve("lib/libx.so")).isSymbolicLink().hasContent("code");
    assertThat(Files.isExecutable(target().resolve("lib/libx.so.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/owned", "../owned", "a/../../owned", "a/..", "a\\..\\owned"})
  void a_name_that_leads_out_is_refused(String name) throws IOException {
    assertRefused(tar -> file(tar, name, "x", 0644));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "a/b", "..", ".", ""})
  void a_link_to_anything_but_a_neighbour_is_refused(String to) throws IOException {
    assertRefused(tar -> special(tar, "link", TarConstants.LF_SYMLINK, to));
  }

  @Test
  void a_file_is_never_written_through_a_link() throws IOException {
    assertRefused(tar -> {
      file(tar, "real/kept", "x", 0644);
      special(tar, "link", TarConstants.LF_SYMLINK, "real");
      file(tar, "link/kept", "y", 0644);
    });
    assertThat(target().resolve("real/kept")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void hard_links_devices_and_pipes_are_refused(byte type) throws IOException {
    assertRefused(tar -> special(tar, "special", type, "neighbour"));
  }

  @Test
  void a_name_that_occurs_twice_is_refused() throws IOException {
    assertRefused(tar -> {
      file(tar, "a", "x", 0644);
      file(tar, "./a", "y", 0644);
    });
  }

  @Test
  void too_many_entries_and_too_many_bytes_are_refused() throws IOException {
    assertRefused(tar -> {
      for (int i = 0; i < 11; i++) {
        file(tar, "f" + i, "", 0644);
      }
    });
    Disk.removeAll(target());
    assertRefused(tar -> file(tar, "big", "x".repeat(1_001), 0644));
  }

  @Test
  void a_truncated_archive_is_an_error_and_no_silent_success() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(1)))) {
      file(tar, "a", "x".repeat(900), 0644);
    }
    var half = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);

    assertThatThrownBy(() -> Archive.unpack(new ByteArrayInputStream(half), target(), CAPS))
        .isInstanceOf(IOException.class);
  }
}
