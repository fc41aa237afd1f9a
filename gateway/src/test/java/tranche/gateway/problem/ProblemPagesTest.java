package tranche.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every problem has a page, texts, and a code of its own.
final class ProblemPagesTest {
  private static final Path PAGES = Path.of("../docs/reference/problems");

  private static List<GatewayProblem> samples(Class<?> family) throws Exception {
    List<GatewayProblem> samples = new ArrayList<>();
    for (Class<?> type : family.getPermittedSubclasses()) {
      if (type.isRecord()) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
          types[i] = components[i].getType();
          values[i] = sample(types[i]);
        }
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        samples.add((GatewayProblem) constructor.newInstance(values));
      } else {
        samples.addAll(samples(type));
      }
    }
    return samples;
  }

  private static Object sample(Class<?> type) {
    if (type == int.class) {
      return 400;
    }
    return type == long.class ? 7L : "sample";
  }

  @Test
  void every_problem_says_what_why_and_fix_and_has_a_page() throws Exception {
    Set<String> codes = new HashSet<>();
    for (GatewayProblem problem : samples(GatewayProblem.class)) {
      assertThat(problem.code()).matches("gateway(-[a-z]+)+");
      assertThat(codes.add(problem.code())).as(problem.code()).isTrue();
      assertThat(problem.what()).isNotBlank();
      assertThat(problem.why()).isNotBlank();
      assertThat(problem.fix()).isNotBlank();
      assertThat(problem.status()).isBetween(400, 599);
      Path page = PAGES.resolve(problem.code() + ".md");
      assertThat(page).exists();
      assertThat(Files.readString(page)).startsWith("# " + problem.code() + "\n");
    }
    assertThat(codes).hasSizeGreaterThan(20);
  }
}
