package tranche.engine.fanout;

import java.util.List;
import java.util.Objects;
import tranche.core.fanout.StoreNeed;
import tranche.core.fleet.StoreId;

/// What is going to be done, before anything is.
///
/// @param shapes what stores need, the commonest first; stores that need the same in one set are
///   one shape
/// @param stages names of sets in the order in which they are changed
/// @param leftOut tenants that are not moved, by reason
public record FanoutPlan(List<Shape> shapes, List<List<String>> stages, List<SkipGroup> leftOut) {
  public FanoutPlan {
    shapes = List.copyOf(shapes);
    stages = stages.stream().map(List::copyOf).toList();
    leftOut = List.copyOf(leftOut);
  }

  /// Stores of one set that need the same.
  ///
  /// @param count how many
  /// @param first some of them
  public record Shape(String set, StoreNeed need, int count, List<StoreId> first) {
    public Shape {
      Objects.requireNonNull(set);
      Objects.requireNonNull(need);
      first = List.copyOf(first);
    }
  }

  /// Stores that have to be changed.
  public int moving() {
    return shapes.stream().filter(FanoutPlan::isWork).mapToInt(Shape::count).sum();
  }

  private static boolean isWork(Shape shape) {
    return switch (shape.need()) {
      case StoreNeed.Migrations _, StoreNeed.Undoing _ -> true;
      case StoreNeed.UpToDate _,
          StoreNeed.Refused _,
          StoreNeed.NotThere _,
          StoreNeed.Unreadable _ ->
          false;
    };
  }
}
