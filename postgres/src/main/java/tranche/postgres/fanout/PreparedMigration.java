package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.StorePlaceholder;
import tranche.core.migration.Undo;
import tranche.core.release.Digest;
import tranche.postgres.fanout.ScriptText.Source;

/// A migration as text: made once for all stores of a connection, or for each store if it has
/// placeholders that differ.
///
/// @param script with the callbacks around it, for a migration in a transaction
/// @param statements its own, for one that runs statement by statement
/// @param forward what is kept in the history as executed
/// @param undo what is kept to take it back
/// @param digest of both
/// @param recorded what the history says of it, as part of a statement
/// @param isPerStore whether another store has another text
/// @param changesSession whether the session may be another one afterwards
/// @param control the first words of a statement that would end the transaction
record PreparedMigration(
    ScriptText script,
    Source statements,
    String forward,
    Undo undo,
    String digest,
    String recorded,
    boolean isPerStore,
    boolean changesSession,
    Optional<String> control) {

  /// Makes the text.
  ///
  /// @param values of the store; not looked at unless the migration has placeholders
  static PreparedMigration of(
      CompiledMigration migration,
      Map<CallbackEvent, List<CompiledCallback>> callbacks,
      Map<StorePlaceholder, String> values) {
    List<Source> all = new ArrayList<>(sources(callbacks, CallbackEvent.BEFORE_EACH_MIGRATE));
    var own = new Source(migration.source().up().name(), migration.statements());
    all.add(own);
    all.addAll(sources(callbacks, CallbackEvent.AFTER_EACH_MIGRATE));
    String undoText = migration.undo().toString();
    boolean isPerStore =
        all.stream().anyMatch(Source::hasPlaceholders)
            || !undoText.equals(replaced(undoText, values));
    List<Source> made = isPerStore ? all.stream().map(s -> s.with(values)).toList() : all;
    Source madeOwn = isPerStore ? own.with(values) : own;
    Undo undo = isPerStore ? with(migration.undo(), values) : migration.undo();
    String forward = forward(madeOwn);
    String digest = Digest.sha256().add(forward).add(undo.toString()).hex();
    return new PreparedMigration(
        ScriptText.of(made),
        madeOwn,
        forward,
        undo,
        digest,
        StoreMessages.recorded(migration, digest),
        isPerStore,
        made.stream().anyMatch(PreparedMigration::changesSession),
        control(made));
  }

  private static List<Source> sources(
      Map<CallbackEvent, List<CompiledCallback>> callbacks, CallbackEvent event) {
    return callbacks.getOrDefault(event, List.of()).stream()
        .map(PreparedMigration::source)
        .toList();
  }

  /// The statements of a callback.
  static Source source(CompiledCallback callback) {
    return new Source(callback.source().script().name(), callback.statements());
  }

  private static String replaced(String text, Map<StorePlaceholder, String> values) {
    return StorePlaceholder.replace(text, values);
  }

  private static Undo with(Undo undo, Map<StorePlaceholder, String> values) {
    return switch (undo) {
      case Undo.Statements(var sql, var loses, var isGenerated) ->
          new Undo.Statements(
              sql.stream().map(s -> replaced(s, values)).toList(), loses, isGenerated);
      case Undo.NotNeeded none -> none;
      case Undo.Unknown unknown -> unknown;
    };
  }

  private static String forward(Source source) {
    return source.statements().stream()
        .map(s -> s.sql() + ";" + s.copyData().map(data -> "\n" + data + "\\.").orElse(""))
        .collect(Collectors.joining("\n"));
  }

  static boolean changesSession(Source source) {
    return source.statements().stream()
        .anyMatch(s -> StatementWords.of(s.sql()).mayChangeSession());
  }

  static Optional<String> control(List<Source> sources) {
    return sources.stream()
        .flatMap(s -> s.statements().stream())
        .map(CompiledStatement::sql)
        .map(StatementWords::of)
        .filter(StatementWords::isTransactionControl)
        .findFirst()
        .map(StatementWords::head);
  }
}
