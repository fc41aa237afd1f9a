package tranche.config.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import tranche.config.problem.ConfigProblem;
import tranche.core.problem.ProblemException;

/// Reads whole files of bounded size.
public final class TextFile {
  private TextFile() {}

  /// The text of a file, without a byte order mark.
  ///
  /// @throws ProblemException [ConfigProblem.MissingFile] or [ConfigProblem.UnreadableFile], also
  ///   when the file has more than `limit` bytes or is not UTF-8
  public static String read(Path file, int limit) {
    return decode(file, bytes(file, limit));
  }

  /// The bytes of a file.
  ///
  /// @throws ProblemException as [#read]
  public static byte[] bytes(Path file, int limit) {
    if (!Files.exists(file)) {
      throw new ConfigProblem.MissingFile(Optional.empty(), "file", file).exception();
    }
    if (!Files.isRegularFile(file)) {
      throw new ConfigProblem.UnreadableFile(file, "it is not a regular file").exception();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ConfigProblem.UnreadableFile(file, "it has more than " + limit + " bytes")
            .exception();
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// The text that the bytes of a file hold, without a byte order mark.
  ///
  /// @throws ProblemException [ConfigProblem.UnreadableFile] naming the line that is not UTF-8
  public static String decode(Path file, byte[] bytes) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      String text = decoder.decode(input).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      long line = 1 + newlines(Arrays.copyOf(bytes, input.position()));
      throw new ProblemException(
          new ConfigProblem.UnreadableFile(file, "line " + line + " is not UTF-8"), e);
    }
  }

  /// The problem that a failed access to a file is.
  public static ProblemException unreadable(Path file, IOException e) {
    String message = e.getClass().getSimpleName() + ": " + e.getMessage();
    return new ProblemException(new ConfigProblem.UnreadableFile(file, message), e);
  }

  private static long newlines(byte[] bytes) {
    long count = 0;
    for (byte b : bytes) {
      count += b == '\n' ? 1 : 0;
    }
    return count;
  }
}
