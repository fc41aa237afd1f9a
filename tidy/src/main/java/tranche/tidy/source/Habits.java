package tranche.tidy.source;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tranche.tidy.Violation;

/// Habits that hide trouble: sleeping and disabled tests, catching everything, leftovers.
public final class Habits {
  /// A test that sleeps is slow when it passes and wrong when the machine is slower.
  public static final String SLEEP = "sleep-in-test";

  /// A disabled test says that something holds which nobody checks.
  public static final String DISABLED = "disabled-test";

  /// Only the loop tick, the HTTP handler and the CLI's main may catch what they do not know.
  public static final String BROAD_CATCH = "broad-catch";

  /// A note to oneself belongs into an issue.
  public static final String LEFTOVER = "leftover";

  // Put together here so that this file does not break its own rule.
  private static final List<String> LEFTOVERS = List.of("TO" + "DO", "FIX" + "ME", "X" + "XX");
  private static final Set<String> EVERYTHING = Set.of("Exception", "Throwable");
  private static final Set<String> SWITCHED_OFF = Set.of("Disabled", "Ignore");

  private Habits() {}

  /// What is wrong in this file.
  public static List<Violation> violations(JavaSource source) {
    List<Violation> found = new ArrayList<>();
    source.tree().accept(new Finder(source, found), null);
    List<String> lines = source.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      for (String word : LEFTOVERS) {
        if (lines.get(i).matches(".*\\b" + word + "\\b.*")) {
          String what = "line " + (i + 1) + " holds " + word + ": do it, or open an issue";
          found.add(new Violation(LEFTOVER, source.path(), what));
        }
      }
    }
    return found;
  }

  private static final class Finder extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final JavaSource source;
    private final List<Violation> found;

    Finder(JavaSource source, List<Violation> found) {
      this.source = source;
      this.found = found;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      if (source.isTest()
          && call.getMethodSelect() instanceof MemberSelectTree member
          && member.getIdentifier().contentEquals("sleep")) {
        add(SLEEP, call, "sleeps: wait for a state, with a deadline");
      }
      return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
      String name = annotation.getAnnotationType().toString();
      if (SWITCHED_OFF.contains(name.substring(name.lastIndexOf('.') + 1))) {
        add(DISABLED, annotation, "switches a test off: repair it or delete it");
      }
      return super.visitAnnotation(annotation, null);
    }

    @Override
    public @Nullable Void visitCatch(CatchTree caught, @Nullable Void nothing) {
      if (!source.isTest()) {
        Tree type = caught.getParameter().getType();
        List<? extends Tree> types =
            type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
        if (types.stream().anyMatch(one -> EVERYTHING.contains(one.toString()))) {
          add(BROAD_CATCH, caught, "catches everything: name the failures it can handle");
        }
      }
      return super.visitCatch(caught, null);
    }

    private void add(String rule, Tree node, String what) {
      found.add(new Violation(rule, source.path(), "line " + source.lineOf(node) + " " + what));
    }
  }
}
