package tranche.e2e.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything that was seen, by where; texts are kept as bytes say, one character each.
final class Evidence {
  private final Map<String, String> texts = new TreeMap<>();

  /// Adds a text to what is known of a place.
  synchronized void add(String place, String text) {
    texts.merge(place, text, (a, b) -> a.contains(b) ? a : a + "\n" + b);
  }

  /// Adds every file below a folder but those that are to be left out.
  void addFiles(Path folder, Predicate<Path> leaveOut) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).filter(leaveOut.negate()).forEach(this::addFile);
    }
  }

  private void addFile(Path file) {
    try {
      add(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException _) {
      // Files come and go while processes work; what they held is in what replaced them.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Which of the secrets, by their names, can be read where.
  synchronized List<String> leaks(Map<String, String> secrets) {
    List<String> leaks = new ArrayList<>();
    texts.forEach((place, text) ->
        secrets.forEach((name, value) -> {
          int at = text.indexOf(value);
          if (at >= 0) {
            leaks.add(name + " in " + place + " at " + at);
          }
        }));
    return leaks;
  }

  /// How many places were looked at.
  synchronized int size() {
    return texts.size();
  }

  /// The places that begin so.
  synchronized List<String> places(String prefix) {
    return texts.keySet().stream().filter(p -> p.startsWith(prefix)).toList();
  }
}
