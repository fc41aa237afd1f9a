package tranche.tidy.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import tranche.tidy.Violation;

/// A call can be read without looking up the method: at most five parameters, and none of them a
/// bare `true`. Record components are exempt, since they have names where they are used.
public final class Parameters {
  /// The rule on how many there are.
  public static final String TOO_MANY = "too-many-parameters";

  /// The rule on boolean ones.
  public static final String BOOLEAN = "boolean-parameter";

  private static final int ALLOWED = 5;
  private static final Set<String> BOOLEANS = Set.of("boolean", "Boolean");

  private Parameters() {}

  /// What is wrong in this file. Test code is exempt: a table of cases may have many columns.
  public static List<Violation> violations(JavaSource source) {
    List<Violation> found = new ArrayList<>();
    if (!source.isTest()) {
      for (Tree type : source.tree().getTypeDecls()) {
        type.accept(new Types(source, found), null);
      }
    }
    return found;
  }

  private static final class Types extends TreeScanner<@Nullable Void, @Nullable ClassTree> {
    private final JavaSource source;
    private final List<Violation> found;

    Types(JavaSource source, List<Violation> found) {
      this.source = source;
      this.found = found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable ClassTree outer) {
      return super.visitClass(type, type);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable ClassTree type) {
      if (type != null && isOurChoice(method, type)) {
        check(method, type);
      }
      return super.visitMethod(method, type);
    }

    /// An overridden signature was chosen elsewhere, a record's constructor by its components.
    private static boolean isOurChoice(MethodTree method, ClassTree type) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      boolean recordConstructor =
          type.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
      return !overrides && !recordConstructor;
    }

    private void check(MethodTree method, ClassTree type) {
      String name = type.getSimpleName() + "." + method.getName();
      if (method.getParameters().size() > ALLOWED) {
        String what = name + " has " + method.getParameters().size() + " parameters, allowed are ";
        found.add(new Violation(TOO_MANY, source.path(), what + ALLOWED + ": a record is missing"));
      }
      if (mustBeReadable(method.getModifiers(), type)) {
        for (VariableTree parameter : method.getParameters()) {
          if (BOOLEANS.contains(String.valueOf(parameter.getType()))) {
            String what = name + " takes boolean " + parameter.getName();
            found.add(
                new Violation(BOOLEAN, source.path(), what + ": make it an enum or two methods"));
          }
        }
      }
    }

    private boolean mustBeReadable(ModifiersTree modifiers, ClassTree type) {
      boolean isPublic =
          modifiers.getFlags().contains(Modifier.PUBLIC) || type.getKind() == Tree.Kind.INTERFACE;
      return isPublic && (source.path().startsWith("core/") || source.path().startsWith("engine/"));
    }
  }
}
