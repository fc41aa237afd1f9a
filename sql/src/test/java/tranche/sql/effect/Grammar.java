package tranche.sql.effect;

import tranche.sql.parse.PgGrammar;

/// The grammar, loaded once for all tests.
public final class Grammar {
  /// The grammar.
  public static final PgGrammar LOADED = PgGrammar.load();

  private Grammar() {}
}
