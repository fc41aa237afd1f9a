package tranche.sql.parse;

import tranche.sql.wasm.Instance;
import tranche.sql.wasm.Limits;
import tranche.sql.wasm.Module;

/// PostgreSQL 18's grammar, loaded. One is enough for a process: its [PgParser]s share what has
/// been translated so far. Safe for use by several threads.
public final class PgGrammar {
  /// The major version of PostgreSQL whose grammar this is.
  public static final int MAJOR_VERSION = 18;

  private final Module module;

  private PgGrammar(Module module) {
    this.module = module;
  }

  /// Loads the grammar from the jar, in some 20 milliseconds.
  public static PgGrammar load() {
    return new PgGrammar(Module.read(GrammarFile.read()));
  }

  /// Whether the whole of it can be translated; for tests.
  int translateAll() {
    return module.translateAll();
  }

  Query newQuery(Limits limits) {
    return new Query(new Instance(module, GrammarImports.all(), limits));
  }
}
