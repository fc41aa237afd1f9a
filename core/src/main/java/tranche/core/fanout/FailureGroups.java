package tranche.core.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.core.problem.RecordedProblem;

/// Failures by cause. Two have one cause if they have one code and say the same once the names of
/// store and tenant and all numbers are taken out. Keeps so many groups and so few examples of each
/// that a fleet of any size fits. Not for use by several threads.
public final class FailureGroups {
  private static final int MOST_GROUPS = 100;
  private static final int EXAMPLES = 5;
  private static final int LONGEST = 500;
  private static final Pattern NUMBER =
      Pattern.compile("\\b(?=[0-9a-fA-Fx-]*[0-9])(0x)?[0-9a-fA-F]{8,}(-[0-9a-fA-F]+)*\\b|[0-9]+");

  private final Map<Cause, Group> groups = new LinkedHashMap<>();
  private int count;

  private record Cause(String code, String message) {}

  private static final class Group {
    private final RecordedProblem problem;
    private final List<StoreId> first = new ArrayList<>();
    private int count;

    Group(RecordedProblem problem) {
      this.problem = problem;
    }
  }

  /// None yet.
  public FailureGroups() {}

  /// Counts one more.
  ///
  /// @param tenant whose store it is, if known
  public void add(StoreId store, Optional<String> tenant, Problem problem) {
    count++;
    Cause cause = new Cause(problem.code(), normalised(problem.what(), store, tenant));
    // With very many different messages only the code still tells something.
    Cause key =
        groups.containsKey(cause) || groups.size() < MOST_GROUPS
            ? cause
            : new Cause(problem.code(), "");
    Group group = groups.computeIfAbsent(key, _ -> new Group(RecordedProblem.of(problem)));
    group.count++;
    if (group.first.size() < EXAMPLES) {
      group.first.add(store);
    }
  }

  private static String normalised(String message, StoreId store, Optional<String> tenant) {
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    text = without(text, store.toString(), "<store>");
    text = without(text, store.schema(), "<schema>");
    text = without(text, store.database().value(), "<database>");
    text = tenant.isPresent() ? without(text, tenant.get(), "<tenant>") : text;
    return NUMBER.matcher(text).replaceAll("#");
  }

  // A whole word only: tenant `a` must not eat every letter a.
  private static String without(String text, String name, String mark) {
    return Pattern.compile("(?<![\\p{Alnum}_])" + Pattern.quote(name) + "(?![\\p{Alnum}_])")
        .matcher(text)
        .replaceAll(mark);
  }

  /// How many failures there were.
  public int count() {
    return count;
  }

  /// The groups, the largest first.
  public List<FailureGroup> groups() {
    return groups.values().stream()
        .map(g -> new FailureGroup(g.problem, g.count, g.first))
        .sorted(Comparator.comparingInt(FailureGroup::count).reversed())
        .toList();
  }
}
