package tranche.sql.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The grammar's file beside this class. The build has put it there and checked its hash.
final class GrammarFile {
  private static final String NAME = "libpg-query.wasm";

  private GrammarFile() {}

  static byte[] read() {
    try (InputStream in = GrammarFile.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is missing in the jar: build the module sql anew");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(NAME + " cannot be read from the jar", e);
    }
  }
}
