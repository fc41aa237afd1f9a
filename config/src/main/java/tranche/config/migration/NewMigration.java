package tranche.config.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.SourceMigration;
import tranche.core.release.SchemaPhase;

/// The files of a migration that is to be written, named as the others of its folder are: the next
/// number, the next part, or the time.
public final class NewMigration {
  private static final Pattern VERSIONED =
      Pattern.compile("(?<before>[^0-9]*)(?<version>[0-9]+(?:[._][0-9]+)*)(?<after>.*)");
  private static final Pattern TIMESTAMP =
      Pattern.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9](?:[0-9]{4}(?:[0-9]{2})?)?");
  private static final int LONGEST = 100;

  private final MigrationSet set;
  private final Wish wish;

  private NewMigration(MigrationSet set, Wish wish) {
    this.set = set;
    this.wish = wish;
  }

  /// A file to be written.
  ///
  /// @param name path below the folder
  /// @param text what it begins with
  public record NewFile(String name, String text) {
    public NewFile {
      Objects.requireNonNull(name);
      Objects.requireNonNull(text);
    }
  }

  /// What is wanted.
  ///
  /// @param description what it does, in a few words
  /// @param kind its role; repeatable and baseline ones exist in Flyway's naming only
  /// @param takingBack whether a script that takes it back is written too
  /// @param phase stated in its header, if any
  /// @param clock the time now as 14 digits, `20261103120000`
  public record Wish(
      String description,
      MigrationKind kind,
      TakingBack takingBack,
      Optional<SchemaPhase> phase,
      String clock) {
    public Wish {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(takingBack);
      Objects.requireNonNull(phase);
      if (description.isBlank() || !TIMESTAMP.matcher(clock).matches() || clock.length() != 14) {
        throw new IllegalArgumentException("a description and a time of 14 digits are needed");
      }
    }
  }

  /// Whether a script that takes the migration back is written.
  public enum TakingBack {
    /// A U script, or a down script.
    WITH_SCRIPT,
    /// None.
    WITHOUT_SCRIPT
  }

  /// The files that the wish needs in that folder; the migration itself first.
  ///
  /// @throws tranche.core.problem.ProblemException [MigrationFolderProblem.NewMigrationRefused] if
  ///   the folder's format has nothing of that kind
  public static List<NewFile> files(MigrationSet set, Wish wish) {
    return new NewMigration(set, wish).files();
  }

  private List<NewFile> files() {
    return switch (set.format()) {
      case FLYWAY -> flyway();
      case UP_DOWN -> pair();
    };
  }

  private List<NewFile> flyway() {
    return switch (wish.kind()) {
      case REPEATABLE -> List.of(file("R__" + words() + ".sql", header()));
      case BASELINE -> List.of(file("B" + highest() + "__" + words() + ".sql", ""));
      case VERSIONED -> {
        List<NewFile> files = new ArrayList<>();
        Style style = style("V");
        String version = style.next(wish.clock());
        files.add(file(folder() + style.before() + version + "__" + words() + ".sql", header()));
        if (wish.takingBack() == TakingBack.WITH_SCRIPT) {
          files.add(file(folder() + "U" + version + "__" + words() + ".sql", ""));
        }
        yield files;
      }
    };
  }

  private List<NewFile> pair() {
    if (wish.kind() != MigrationKind.VERSIONED) {
      String kind = wish.kind().name().toLowerCase(Locale.ROOT);
      throw new MigrationFolderProblem.NewMigrationRefused(set.folder(), kind).exception();
    }
    String start = folder() + style("").next(wish.clock()) + "_" + words();
    List<NewFile> files = new ArrayList<>();
    files.add(file(start + ".up.sql", header()));
    if (wish.takingBack() == TakingBack.WITH_SCRIPT) {
      files.add(file(start + ".down.sql", ""));
    }
    return files;
  }

  private NewFile file(String name, String header) {
    return new NewFile(name, header + "-- " + wish.description().strip() + "\n\n");
  }

  private String header() {
    return wish.phase().map(p -> "-- tranche: phase=" + p.word() + "\n").orElse("");
  }

  private String words() {
    String words =
        wish.description()
            .strip()
            .replaceAll("[^\\p{L}\\p{N}]+", "_")
            .replaceAll("^_+|_+$", "")
            .toLowerCase(Locale.ROOT);
    String some = words.isEmpty() ? "migration" : words;
    return some.length() <= LONGEST ? some : some.substring(0, LONGEST);
  }

  private Optional<SourceMigration> last() {
    return set.migrations().stream()
        .filter(m -> m.kind() == MigrationKind.VERSIONED)
        .reduce((_, later) -> later);
  }

  private String highest() {
    return last().map(m -> m.key().text()).orElse("1");
  }

  /// The folders of the last migration; one that is a phase becomes the phase that is wanted.
  private String folder() {
    String name = last().map(m -> m.up().name()).orElse("");
    StringBuilder folder = new StringBuilder();
    String[] parts = name.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      String same = parts[i];
      boolean isPhase = PhaseFolder.phase(same).isPresent();
      folder.append(isPhase ? wish.phase().map(SchemaPhase::word).orElse(same) : same).append('/');
    }
    return folder.toString();
  }

  private Style style(String before) {
    return last()
        .map(m -> m.up().name().substring(m.up().name().lastIndexOf('/') + 1))
        .map(VERSIONED::matcher)
        .filter(Matcher::matches)
        .map(name -> new Style(name.group("before"), name.group("version")))
        .orElseGet(() -> new Style(before, set.format() == FolderFormat.FLYWAY ? "0" : "000000"));
  }

  /// How the last version is written.
  ///
  /// @param before what stands before it
  private record Style(String before, String version) {
    String next(String clock) {
      if (TIMESTAMP.matcher(version).matches()) {
        String now = clock.substring(0, version.length());
        return now.compareTo(version) > 0 ? now : oneMore(version);
      }
      int at = Math.max(version.lastIndexOf('.'), version.lastIndexOf('_')) + 1;
      return version.substring(0, at) + oneMore(version.substring(at));
    }

    private static String oneMore(String digits) {
      String next = new BigInteger(digits).add(BigInteger.ONE).toString();
      return "0".repeat(Math.max(0, digits.length() - next.length())) + next;
    }
  }
}
