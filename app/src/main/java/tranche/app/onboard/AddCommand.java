package tranche.app.onboard;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.api.Wire;
import tranche.api.fleet.TenantAddJson;
import tranche.app.cli.Appearance;
import tranche.app.cli.Envelope;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.cli.Voice;
import tranche.app.cli.render.Look;
import tranche.app.cli.render.TenantAddText;
import tranche.app.schema.MigrationOptions;
import tranche.app.schema.VersionOptions;
import tranche.app.schema.selection.Word;
import tranche.config.ConfigReader;
import tranche.config.TrancheConfig;
import tranche.config.fleet.TenantRow;
import tranche.config.problem.Where;
import tranche.core.problem.ProblemException;
import tranche.core.release.ReleaseId;

/// `tranche tenant add`.
@Command(
    name = "add",
    description = {
      "Make the stores of a new tenant and put it on the list of tenants.",
      "",
      "Works from here, on the databases of tranche.yaml, whether a control plane runs or not. The"
          + " stores are created, brought to the version that the stores of the tier have, and then"
          + " the tenant is written into the CSV file of tenants. If it was stopped, run the same"
          + " command again: it goes on where it ended."
    },
    footer = {
      "",
      "Examples:",
      "  tranche tenant add acme --tier premium --region eu-west --dry-run",
      "  tranche tenant add acme --tier premium --region eu-west"
    })
public final class AddCommand implements Callable<Integer> {
  private static final String CONFIG = "tranche.yaml";

  private final Surroundings surroundings;
  private final Step.Reached reached;

  @Parameters(
      paramLabel = "TENANT",
      description = "Its id: lower-case letters, digits, '-' and '_', at most 63.")
  private String id = "";

  @Option(
      names = "--tier",
      required = true,
      paramLabel = "NAME",
      description = "A tier of the configuration; it says where the tenant lives.")
  private String tier = "";

  @Option(names = "--region", paramLabel = "NAME", description = "Its region.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "WORD",
      description = "active, suspended or held. Default: active.")
  private Optional<String> status = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is held.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The version that its store begins at. Default: that of its tier's stores.")
  private Optional<String> to = Optional.empty();

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

  @Option(names = "--dry-run", description = "Say what would be done; change nothing.")
  private boolean isDry;

  @Mixin private MigrationOptions migrations = new MigrationOptions();
  @Mixin private AddVoice voice = new AddVoice();

  /// The command as people use it.
  public AddCommand(Surroundings surroundings) {
    this(surroundings, Step.Reached.QUIET);
  }

  AddCommand(Surroundings surroundings, Step.Reached reached) {
    this.surroundings = surroundings;
    this.reached = reached;
  }

  /// The forms in which the result can be printed.
  enum AddFormat {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How it speaks.
  static final class AddVoice implements Voice {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "FORMAT",
        defaultValue = "table",
        description = "${COMPLETION-CANDIDATES}. Default: table.")
    private AddFormat format = AddFormat.TABLE;

    @Mixin private Appearance appearance = new Appearance();

    @Override
    public boolean isJson() {
      return format == AddFormat.JSON;
    }

    @Override
    public Look errorLook(Surroundings surroundings) {
      return appearance.errorLook(surroundings);
    }
  }

  @Override
  public Integer call() {
    Path file = surroundings.folder().resolve(config.orElse(CONFIG));
    TrancheConfig read = ConfigReader.read(file, surroundings.environment());
    TenantRow row = TenantRow.of(columns(), Where.file("command line"));
    Path folder = data.map(surroundings.folder()::resolve).orElse(read.controlPlane().data());
    try (Site site = Site.of(read, folder, surroundings)) {
      var asked = to.map(text -> VersionOptions.version("--to", text));
      Surveyor surveyor = new Surveyor(site, migrations, asked);
      Onboarding onboarding = new Onboarding(site, surveyor, reached);
      if (isDry) {
        print(onboarding.preview(row), List.of(words()));
        return ExitCode.OK;
      }
      Decided decided = surveyor.decide(row);
      TenantAddJson added = add(onboarding, decided);
      print(added, onboarding.isOnList() ? next(decided) : List.of(words()));
      return ExitCode.OK;
    }
  }

  private Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", id);
    columns.put("tier", tier);
    region.ifPresent(r -> columns.put("region", r));
    status.ifPresent(s -> columns.put("status", s));
    reason.ifPresent(r -> columns.put("reason", r));
    return columns;
  }

  private TenantAddJson add(Onboarding onboarding, Decided decided) {
    try {
      return onboarding.add(decided);
    } catch (ProblemException e) {
      if (!voice.isJson() && !voice.appearance.isQuiet()) {
        String state =
            onboarding.isOnList()
                ? "Tenant " + id + " is on the list of tenants."
                : "Tenant " + id + " is not on the list of tenants.";
        surroundings
            .output()
            .err()
            .println(state + " The same command goes on where this one ended.");
      }
      throw e;
    }
  }

  private void print(TenantAddJson added, List<String> next) {
    PrintStream out = surroundings.output().out();
    if (voice.isJson()) {
      byte[] bytes = Wire.tolerant().writeValueAsBytes(Envelope.of("tenant-added", added));
      out.println(new String(bytes, StandardCharsets.UTF_8));
      return;
    }
    Look look = voice.appearance.look(surroundings);
    TenantAddText.lines(added, look).forEach(out::println);
    if (!voice.appearance.isQuiet()) {
      String heading = "Next: ";
      for (String command : next) {
        look.finish(List.of(heading + command)).forEach(out::println);
        heading = "      ";
      }
    }
  }

  /// The same command as it could be typed again, without --dry-run.
  private String words() {
    StringBuilder words = new StringBuilder("tranche tenant add ").append(id);
    words.append(" --tier ").append(Word.quoted(tier));
    region.ifPresent(r -> words.append(" --region ").append(Word.quoted(r)));
    status.ifPresent(s -> words.append(" --status ").append(Word.quoted(s)));
    reason.ifPresent(r -> words.append(" --reason ").append(Word.quoted(r)));
    to.ifPresent(v -> words.append(" --to ").append(Word.quoted(v)));
    config.ifPresent(f -> words.append(" --config ").append(Word.quoted(f)));
    data.ifPresent(d -> words.append(" --data ").append(Word.quoted(d)));
    return words.append(migrations.words()).toString();
  }

  private List<String> next(Decided decided) {
    List<String> next = new ArrayList<>();
    decided.release().map(ReleaseId::value).ifPresent(r -> next.add("tranche plan --to " + r));
    String file = config.map(f -> " --config " + Word.quoted(f)).orElse("");
    next.add("tranche schema status --tenant " + id + file);
    return next;
  }
}
