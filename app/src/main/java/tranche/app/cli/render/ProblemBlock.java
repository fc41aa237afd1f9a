package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import tranche.core.problem.Problem;

/// A problem as a block: a headline with its code, then what, why and fix.
public final class ProblemBlock {
  private static final String CODE = "problem ";

  private ProblemBlock() {}

  /// The block; `headline` says in a few words what it means here, for instance `Halted`.
  public static List<String> lines(String headline, Problem problem, Look look) {
    List<String> lines = new ArrayList<>();
    String title = Paint.bad("✕ " + headline);
    lines.addAll(Wrapped.lines(title + "   " + Paint.dim(CODE + problem.code()), look.width()));
    lines.addAll(Wrapped.after("  what   ", flat(problem.what()), look));
    lines.addAll(Wrapped.after("  why    ", flat(problem.why()), look));
    lines.addAll(Wrapped.after("  fix    ", flat(problem.fix()), look));
    return look.finish(lines);
  }

  /// The block under a headline made of its code.
  public static List<String> lines(Problem problem, Look look) {
    return lines(title(problem.code()), problem, look);
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String flat(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " · ");
  }
}
