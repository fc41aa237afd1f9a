package tranche.sql.parse;

/// What the grammar's exports are called in libpg-query 18.1.5. The names change with each release.
final class GrammarExports {
  static final String START = "A";
  static final String ALLOCATE = "C";
  static final String FREE = "E";
  static final String PARSE = "F";
  static final String FREE_PARSED = "G";
  static final String PARSE_PLPGSQL = "H";
  static final String FINGERPRINT = "I";
  static final String NORMALISE = "J";
  static final String FREE_TEXT = "N";
  static final String SET_THREW = "P";
  static final String STACK_RESTORE = "Q";
  static final String STACK_CURRENT = "R";

  private GrammarExports() {}
}
