package tranche.config.migration;

/// Tells the comments at the top of a script from the lines of its first statement and everything
/// after that. Lines are shown to it in their order.
final class TopLines {
  private boolean isTop = true;
  private int depth;

  /// Whether the line is a `--` comment or blank and nothing but comments stands before it.
  boolean isComment(String line) {
    if (!isTop) {
      return false;
    }
    boolean wasInBlock = depth > 0;
    String code = withoutBlocks(line).strip();
    isTop = code.isEmpty() || code.startsWith("--");
    return isTop && !wasInBlock;
  }

  // Comments nest in PostgreSQL; a `--` outside of one hides the rest of the line.
  private String withoutBlocks(String line) {
    StringBuilder code = new StringBuilder();
    int i = 0;
    while (i < line.length()) {
      if (depth == 0 && line.startsWith("--", i)) {
        return code.append(line, i, line.length()).toString();
      }
      if (line.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (depth > 0 && line.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        if (depth == 0) {
          code.append(line.charAt(i));
        }
        i++;
      }
    }
    return code.toString();
  }
}
