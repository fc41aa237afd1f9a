package tranche.app.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.ApplyOptions.OutOfOrder;
import tranche.core.release.SchemaVersion;

/// The options that say how far stores are brought, and what may run.
public final class VersionOptions {
  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "Bring stores to this version; those that are past it stay. Default: newest.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--out-of-order",
      description = "Also run migrations below a store's version that it never ran.")
  private boolean isOutOfOrder;

  @Option(
      names = "--allow",
      paramLabel = "RULE",
      description = "Run although this rule finds an error; may be repeated.")
  private List<String> allowed = List.of();

  @Option(
      names = "--rehearse",
      arity = "0..1",
      fallbackValue = "require",
      paramLabel = "WHEN",
      description =
          "${COMPLETION-CANDIDATES}: first try the migrations and their undo on a copy of a store"
              + " without its rows, one for each of the three commonest histories; say what goes"
              + " wrong, or do not begin then. Without a value require. Default: report where"
              + " stores are changed, never where a plan is shown.")
  private Optional<RehearseWhen> rehearse = Optional.empty();

  /// What was asked for.
  RehearseWhen rehearse(RehearseWhen usual) {
    return rehearse.orElse(usual);
  }

  /// How long it may take: longer if it was asked for.
  Duration rehearsalTime() {
    return rehearse.isPresent() ? Rehearsing.ASKED : Rehearsing.UNASKED;
  }

  /// @throws tranche.core.problem.ProblemException [SchemaProblem.OptionNotUnderstood]
  ApplyOptions options() {
    return new ApplyOptions(
        to.map(text -> version("--to", text)),
        isOutOfOrder ? OutOfOrder.ALLOWED : OutOfOrder.REFUSED);
  }

  /// The version that an option names.
  ///
  /// @throws tranche.core.problem.ProblemException [SchemaProblem.OptionNotUnderstood]
  public static SchemaVersion version(String option, String text) {
    String plain = text.startsWith("V") || text.startsWith("v") ? text.substring(1) : text;
    if (!SchemaVersion.isWellFormed(plain)) {
      throw new SchemaProblem.OptionNotUnderstood(
              option, text, "a version of a migration, such as 42 or 2026.11.1")
          .exception();
    }
    return new SchemaVersion(plain);
  }

  Set<String> allowed() {
    return Set.copyOf(RunOptions.distinct(allowed));
  }
}
