package tranche.sql.split;

import tranche.sql.split.Scanner.Token;

/// Finds where the next statement probably ends: at a semicolon outside of parentheses and outside
/// of a `BEGIN ATOMIC` body. The grammar has the last word.
final class StatementFinder {
  private static final int NONE = -1;

  /// A statement as the tokens show it.
  ///
  /// @param start its first token
  /// @param end where its semicolon is, or without one the end of its last token
  /// @param read how far the grammar is to read: behind the semicolon, so that it can say that it
  ///   stumbled over it, as a server does
  /// @param next where to go on
  /// @param mayReadInput whether it looks like `COPY ... FROM stdin`
  /// @param command where a command of psql stands in it, or -1
  record Found(int start, int end, int read, int next, boolean mayReadInput, int command) {}

  private final Scanner scanner;
  private int parentheses;
  private int body;
  private int words;
  private boolean isCopy;
  private boolean isRoutine;
  private boolean readsInput;
  private String before = "";

  StatementFinder(Scanner scanner) {
    this.scanner = scanner;
  }

  /// Finds the statement that begins at or after a place; one of length 0 at the end.
  Found from(int offset) {
    reset(offset);
    int start = NONE;
    int end = NONE;
    while (true) {
      Token token = scanner.next();
      if (token == Token.GAP) {
        continue;
      }
      start = start == NONE ? scanner.start() : start;
      if (token == Token.END) {
        int last = end == NONE ? start : end;
        return new Found(start, last, last, scanner.end(), false, NONE);
      }
      if (token == Token.SIGN && scanner.isSign('\\')) {
        int command = scanner.start();
        return new Found(start, command, command, scanner.end(), false, command);
      }
      if (token == Token.SIGN && scanner.isSign(';') && parentheses <= 0 && body == 0) {
        int next = scanner.end();
        return new Found(start, scanner.start(), next, next, isCopy && readsInput, NONE);
      }
      note(token);
      end = scanner.end();
    }
  }

  private void reset(int offset) {
    scanner.moveTo(offset);
    parentheses = 0;
    body = 0;
    words = 0;
    isCopy = false;
    isRoutine = false;
    readsInput = false;
    before = "";
  }

  private void note(Token token) {
    switch (token) {
      case SIGN -> {
        parentheses += scanner.isSign('(') ? 1 : scanner.isSign(')') ? -1 : 0;
        before = scanner.isSign('.') ? "." : "";
      }
      case WORD -> {
        noteWord();
        words++;
      }
      case VALUE, GAP, END -> before = "";
    }
  }

  private void noteWord() {
    isCopy |= words == 0 && scanner.isWord("copy");
    isRoutine |= words <= 3 && (scanner.isWord("function") || scanner.isWord("procedure"));
    if (isCopy && before.equals("from")) {
      readsInput |= scanner.isWord("stdin") || scanner.isWord("stdout");
    }
    // After a dot or AS it is a name.
    boolean isKeyword = !before.equals(".") && !before.equals("as");
    if (isRoutine && isKeyword) {
      noteBody();
    }
    before = known("from", "as", "begin");
  }

  private void noteBody() {
    if (body == 0 && before.equals("begin") && scanner.isWord("atomic")) {
      body = 1;
    } else if (body > 0 && scanner.isWord("case")) {
      body++;
    } else if (body > 0 && scanner.isWord("end")) {
      body--;
    }
  }

  private String known(String... candidates) {
    for (String candidate : candidates) {
      if (scanner.isWord(candidate)) {
        return candidate;
      }
    }
    return "";
  }
}
