package issuetracker.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tenants with weights, of which one is picked by a number between 0 and 1.
final class Tenants {
  private static final int MAX_TENANTS = 1_000_000;

  private final List<String> ids = new ArrayList<>();
  private final double[] upTo;

  /// Reads one tenant per line; a second column is its weight, 1 without one. Empty lines and lines
  /// that begin with `#` are skipped.
  static Tenants read(Path file) {
    try {
      return new Tenants(Files.readAllLines(file), file.toString());
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  Tenants(List<String> lines, String source) {
    List<Double> weights = new ArrayList<>();
    for (String line : lines) {
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        String[] columns = entry.split("[\\s,;]+", -1);
        ids.add(columns[0]);
        weights.add(columns.length > 1 ? weight(columns[1], source) : 1.0);
      }
    }
    if (ids.isEmpty() || ids.size() > MAX_TENANTS) {
      throw new UsageException(source + " has no tenant or more than " + MAX_TENANTS);
    }
    upTo = new double[ids.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += weights.get(i);
      upTo[i] = sum;
    }
  }

  List<String> ids() {
    return List.copyOf(ids);
  }

  /// The tenant at a point of the line on which every tenant has a length of its weight.
  String at(double fraction) {
    int found = Arrays.binarySearch(upTo, fraction * upTo[upTo.length - 1]);
    int index = found >= 0 ? found + 1 : -found - 1;
    return ids.get(Math.min(index, ids.size() - 1));
  }

  private static double weight(String text, String source) {
    if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?") || Double.parseDouble(text) == 0) {
      throw new UsageException(source + ": the weight " + text + " is not a number above 0");
    }
    return Double.parseDouble(text);
  }
}
