package tranche.tidy.problem;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tranche.tidy.Violation;

/// The codes that problems can have, read from the string constants in each `code()` method: a
/// problem returns its code as a literal, so that the code can be found without making a problem. A
/// family that keeps all its texts in one value has the literal first in its method `text()`.
///
/// @param codes every code with the class that returns it
/// @param violations classes whose code is no literal, no kebab-case slug, or taken
public record ProblemCodes(List<Code> codes, List<Violation> violations) {
  /// The rule's name in failures and exceptions.
  public static final String RULE = "problem-code";

  private static final String PROBLEM = "tranche.core.problem.Problem";
  private static final String TEXT = "text";
  private static final String SLUG = "[a-z0-9]+(-[a-z0-9]+)*";

  /// One code.
  ///
  /// @param slug the code itself
  /// @param type the class whose `code()` returns it
  public record Code(String slug, String type) {}

  /// Copies.
  public ProblemCodes {
    codes = List.copyOf(codes);
    violations = List.copyOf(violations);
  }

  /// Reads the codes of all problems among the classes.
  ///
  /// @throws IOException if a class file cannot be read
  public static ProblemCodes of(JavaClasses classes) throws IOException {
    List<Code> codes = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (JavaClass type : classes) {
      if (type.isAssignableTo(PROBLEM)) {
        Optional<CodeModel> body = body(type, "code");
        Optional<String> inText = body(type, TEXT).flatMap(ProblemCodes::firstConstantIn);
        if (inText.isPresent()) {
          add(type.getName(), Set.of(inText.get()), codes, violations);
        } else if (body.isPresent() && !type.isInterface()) {
          add(type.getName(), constantsIn(body.get()), codes, violations);
        }
      }
    }
    return new ProblemCodes(codes, violations);
  }

  private static Optional<CodeModel> body(JavaClass type, String method) throws IOException {
    URI file = type.getSource().orElseThrow().getUri();
    ClassModel model = ClassFile.of().parse(Path.of(file));
    return model.methods().stream()
        .filter(candidate -> candidate.methodName().equalsString(method))
        .filter(candidate -> candidate.methodType().stringValue().startsWith("()L"))
        .findFirst()
        .flatMap(MethodModel::code);
  }

  private static Optional<String> firstConstantIn(CodeModel body) {
    for (CodeElement element : body) {
      if (element instanceof ConstantInstruction constant
          && constant.constantValue() instanceof String text) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static Set<String> constantsIn(CodeModel body) {
    Set<String> constants = new TreeSet<>();
    for (CodeElement element : body) {
      if (element instanceof ConstantInstruction constant
          && constant.constantValue() instanceof String text) {
        constants.add(text);
      }
    }
    return constants;
  }

  private static void add(
      String type, Set<String> slugs, List<Code> codes, List<Violation> violations) {
    if (slugs.isEmpty()) {
      violations.add(new Violation(RULE, type, "code() returns no literal: return one"));
    }
    for (String slug : slugs) {
      if (!slug.matches(SLUG)) {
        violations.add(new Violation(RULE, type, "'" + slug + "' is no kebab-case slug"));
      }
      codes.stream()
          .filter(other -> other.slug().equals(slug))
          .map(other -> new Violation(RULE, type, "'" + slug + "' is taken by " + other.type()))
          .forEach(violations::add);
      codes.add(new Code(slug, type));
    }
  }
}
