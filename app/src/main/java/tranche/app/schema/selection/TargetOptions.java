package tranche.app.schema.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/// The options that say which stores are meant.
public final class TargetOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "The server and database, instead of a fleet: postgresql://user@host:port/database."
              + " Without --schemas and --databases: one schema of it.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--schemas",
      paramLabel = "PATTERN",
      description =
          "With --url: every schema of this form is a store. %% and * stand for any characters, ?"
              + " for one. May be repeated.")
  private List<String> schemas = List.of();

  @Option(
      names = "--databases",
      paramLabel = "PATTERN",
      description = "With --url: every database of this form has a store. May be repeated.")
  private List<String> databases = List.of();

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "With --url: the schema in each database. Default: public.")
  private Optional<String> schema = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "With --url: the file with the password. Otherwise PGPASSWORD, then ~/.pgpass.")
  private Optional<String> passwordFile = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration with the fleet. Default: tranche.yaml.")
  private Optional<String> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the embedded server. Default: as the configuration says.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "KEY=VALUE,...",
      description =
          "Only stores of these tenants: tier=, region=, tenant=; * stands for any characters.")
  private List<String> selectors = List.of();

  @Option(
      names = "--tenant",
      paramLabel = "ID",
      description = "Only stores of this tenant; may be repeated.")
  private List<String> tenants = List.of();

  @Option(
      names = "--include",
      paramLabel = "WHAT",
      description =
          "${COMPLETION-CANDIDATES}: also stores of suspended tenants; also stores that tenants"
              + " share who were not selected. May be repeated.")
  private List<Include> included = List.of();

  /// What is left out unless it is asked for.
  enum Include {
    /// Stores whose tenants are all suspended.
    SUSPENDED,
    /// Stores with data of tenants that were not selected.
    SHARED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Optional<String> url() {
    return url;
  }

  List<NamePattern> schemas() {
    return schemas.stream().map(NamePattern::new).toList();
  }

  List<NamePattern> databases() {
    return databases.stream().map(NamePattern::new).toList();
  }

  Optional<String> schema() {
    return schema;
  }

  Optional<String> passwordFile() {
    return passwordFile;
  }

  /// The configuration's file as it was named; absent if it was not.
  public Optional<String> config() {
    return config;
  }

  Optional<String> data() {
    return data;
  }

  List<String> selectors() {
    return selectors;
  }

  List<String> tenants() {
    return tenants;
  }

  Set<Include> included() {
    return included.isEmpty() ? Set.of() : Set.copyOf(new TreeSet<>(included));
  }

  /// Whether stores were picked by their tenants.
  public boolean isSelective() {
    return !selectors.isEmpty() || !tenants.isEmpty();
  }

  /// Finds out that what was given goes together, before anything is connected to.
  ///
  /// @throws tranche.core.problem.ProblemException [TargetProblem.Contradiction]
  void requireConsistent() {
    List<String> fleet = given(List.of("--config", "--data", "-l", "--tenant", "--include"));
    List<String> adHoc = given(List.of("--schemas", "--databases", "--schema", "--password-file"));
    if (url.isPresent() && !fleet.isEmpty()) {
      throw contradiction(
          "--url and " + fleet.getFirst(),
          "one names a server, the other a fleet",
          "Leave one of them out.");
    }
    if (url.isEmpty() && !adHoc.isEmpty()) {
      throw contradiction(
          adHoc.getFirst() + " without --url",
          "no server is named to look on",
          "Add --url postgresql://user@host:port/database, or pick stores of a fleet with -l or"
              + " --tenant.");
    }
    if (!schemas.isEmpty() && (!databases.isEmpty() || schema.isPresent())) {
      throw contradiction(
          "--schemas and " + (databases.isEmpty() ? "--schema" : "--databases"),
          "stores are either schemas of one database or databases with one schema each",
          "Leave one of them out; --schema names the schema in each database.");
    }
  }

  /// The same options as they could be typed again.
  public String words() {
    StringBuilder words = new StringBuilder();
    url.ifPresent(u -> words.append(" --url ").append(Word.quoted(u)));
    schemas.forEach(p -> words.append(" --schemas ").append(Word.quoted(p)));
    databases.forEach(p -> words.append(" --databases ").append(Word.quoted(p)));
    schema.ifPresent(n -> words.append(" --schema ").append(Word.quoted(n)));
    passwordFile.ifPresent(f -> words.append(" --password-file ").append(Word.quoted(f)));
    config.ifPresent(f -> words.append(" --config ").append(Word.quoted(f)));
    data.ifPresent(d -> words.append(" --data ").append(Word.quoted(d)));
    selectors.forEach(l -> words.append(" -l ").append(Word.quoted(l)));
    tenants.forEach(t -> words.append(" --tenant ").append(Word.quoted(t)));
    included.forEach(i -> words.append(" --include ").append(i));
    return words.toString();
  }

  private List<String> given(List<String> names) {
    List<String> given = new ArrayList<>();
    for (String name : names) {
      boolean isGiven =
          switch (name) {
            case "--config" -> config.isPresent();
            case "--data" -> data.isPresent();
            case "-l" -> !selectors.isEmpty();
            case "--tenant" -> !tenants.isEmpty();
            case "--include" -> !included.isEmpty();
            case "--schemas" -> !schemas.isEmpty();
            case "--databases" -> !databases.isEmpty();
            case "--schema" -> schema.isPresent();
            case "--password-file" -> passwordFile.isPresent();
            default -> throw new IllegalArgumentException(name);
          };
      if (isGiven) {
        given.add(name);
      }
    }
    return given;
  }

  private static RuntimeException contradiction(String options, String reason, String instead) {
    return new TargetProblem.Contradiction(options, reason, instead).exception();
  }
}
