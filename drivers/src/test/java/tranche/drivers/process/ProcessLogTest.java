package tranche.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLogTest {
  @TempDir Path folder;

  @Test
  void a_log_that_is_too_long_is_cut_while_its_process_goes_on_appending() throws Exception {
    ProcessLog log = new ProcessLog(folder.resolve("log"));
    log.begin();
    Process writer =
        new ProcessBuilder("cat")
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
            .start();
    try (RandomAccessFile file = new RandomAccessFile(log.file().toFile(), "rw")) {
      file.setLength(ProcessLog.MAX_BYTES + 1);
    }
    log.cap();
    try (var input = writer.outputWriter()) {
      input.write("after the cut\n");
    }
    assertThat(writer.waitFor()).isZero();

    assertThat(log.file()).hasContent("after the cut");
    assertThat(folder.resolve("log.1")).hasSize(ProcessLog.MAX_BYTES + 1);
  }

  @Test
  void last_words_are_those_of_this_run_and_bounded() throws Exception {
    ProcessLog log = new ProcessLog(folder.resolve("log"));
    Files.writeString(log.file(), "of an earlier run\n");
    long begin = log.begin();
    assertThat(log.lastWords(begin, Set.of())).isEqualTo("(nothing)");

    Files.writeString(log.file(), "of an earlier run\n1\n2\n\n3\n4\n5\n6\u001b[31m\n");
    assertThat(log.lastWords(begin, Set.of())).isEqualTo("2 | 3 | 4 | 5 | 6 [31m");

    Files.writeString(log.file(), "of an earlier run\n" + "x".repeat(900));
    assertThat(log.lastWords(begin, Set.of())).hasSize(600);
  }

  @Test
  void a_secret_that_is_cut_in_two_by_the_limit_is_not_shown_in_half() throws Exception {
    ProcessLog log = new ProcessLog(folder.resolve("log"));
    long begin = log.begin();
    String secret = "hush-hush";
    // The window of 16 KiB begins in the middle of the secret.
    Files.writeString(log.file(), "a " + secret + "y".repeat(16 * 1024 - 6) + "\nend\n");

    assertThat(log.lastWords(begin, Set.of(secret))).isEqualTo("end");
  }
}
