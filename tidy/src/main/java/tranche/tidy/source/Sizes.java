package tranche.tidy.source;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tranche.tidy.Violation;

/// Nothing is too long to be read: methods, files, lines.
public final class Sizes {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "size";

  private static final int METHOD_LINES = 60;
  private static final int FILE_LINES = 400;
  private static final int TEST_FILE_LINES = 600;
  private static final int LINE_CHARACTERS = 120;

  private Sizes() {}

  /// What is too long in this file.
  public static List<Violation> violations(JavaSource source) {
    List<Violation> found = new ArrayList<>();
    List<String> lines = source.text().lines().toList();
    int allowed = source.isTest() ? TEST_FILE_LINES : FILE_LINES;
    if (lines.size() > allowed) {
      found.add(violation(source, "has " + lines.size() + " lines, allowed are " + allowed));
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).length() > LINE_CHARACTERS) {
        found.add(violation(source, "line " + (i + 1) + " is longer than " + LINE_CHARACTERS));
      }
    }
    source.tree().accept(new Methods(source, found), null);
    return found;
  }

  private static Violation violation(JavaSource source, String what) {
    return new Violation(RULE, source.path(), what + ": split it by what it does");
  }

  private static final class Methods extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final List<Violation> found;

    Methods(JavaSource source, List<Violation> found) {
      this.source = source;
      this.found = found;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      long lines = source.linesOf(method);
      if (lines > METHOD_LINES) {
        found.add(
            violation(
                source,
                method.getName() + " has " + lines + " lines, allowed are " + METHOD_LINES));
      }
      return super.visitMethod(method, null);
    }
  }
}
