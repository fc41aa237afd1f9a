package tranche.core.fanout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.migration.Requirement;

/// In which order sets of stores are changed: stages, each of which begins when the one before has
/// ended. Shared sets come first, and whatever a set requires comes before it.
///
/// @param stages names of sets
/// @param before per set, the sets that must have ended well before a store of it may begin
public record SetOrder(List<Set<String>> stages, Map<String, Set<String>> before) {
  public SetOrder {
    stages = stages.stream().map(SetOrder::inOrder).toList();
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    before.forEach((name, others) -> copy.put(name, inOrder(others)));
    before = Collections.unmodifiableMap(copy);
  }

  private static Set<String> inOrder(Set<String> names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /// The order of these sets.
  ///
  /// @throws tranche.core.problem.ProblemException [OrderProblem] if a set is required that is not
  ///   among them, or sets require each other
  public static SetOrder of(List<StoreSet> sets) {
    Map<String, Set<String>> before = new LinkedHashMap<>();
    for (StoreSet set : sets) {
      if (before.put(set.name(), edges(set, sets)) != null) {
        throw new OrderProblem.SetTwice(set.name()).exception();
      }
    }
    before.forEach((name, others) -> requireKnown(name, others, before.keySet()));
    return new SetOrder(stages(before), before);
  }

  private static Set<String> edges(StoreSet set, List<StoreSet> sets) {
    Set<String> edges = new LinkedHashSet<>(set.after());
    set.requires().stream().map(Requirement::store).forEach(edges::add);
    if (set.role() == Role.TENANT) {
      sets.stream().filter(s -> s.role() == Role.SHARED).map(StoreSet::name).forEach(edges::add);
    }
    return edges;
  }

  private static void requireKnown(String name, Set<String> others, Set<String> known) {
    for (String other : others) {
      if (!known.contains(other)) {
        throw new OrderProblem.SetUnknown(name, other, List.copyOf(known)).exception();
      }
    }
  }

  private static List<Set<String>> stages(Map<String, Set<String>> before) {
    List<Set<String>> stages = new ArrayList<>();
    Set<String> placed = new LinkedHashSet<>();
    while (placed.size() < before.size()) {
      Set<String> stage = new LinkedHashSet<>();
      before.forEach((name, others) -> {
        if (!placed.contains(name) && placed.containsAll(others)) {
          stage.add(name);
        }
      });
      if (stage.isEmpty()) {
        throw new OrderProblem.SetsInCircle(circle(before, placed)).exception();
      }
      placed.addAll(stage);
      stages.add(stage);
    }
    return stages;
  }

  /// Follows edges among the sets that could not be placed until one comes again.
  private static List<String> circle(Map<String, Set<String>> before, Set<String> placed) {
    List<String> path = new ArrayList<>();
    String at = before.keySet().stream().filter(n -> !placed.contains(n)).findFirst().orElseThrow();
    while (!path.contains(at)) {
      path.add(at);
      at =
          before.getOrDefault(at, Set.of()).stream()
              .filter(n -> !placed.contains(n))
              .findFirst()
              .orElseThrow();
    }
    List<String> circle = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
    circle.add(at);
    return circle;
  }
}
