package tranche.gateway.route;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.TableProblem.TableOutdated;

/// Holds the table in force and takes over newer ones, one at a time: check, store, then publish.
public final class RouteKeeper {
  private final RouteStore store;
  private final Consumer<RoutingTable> onChange;
  private final Object changing = new Object();
  private volatile RoutingTable current;

  /// Starts with the stored table and announces it.
  ///
  /// @param onChange told of every table in force before the change is answered; must not block
  /// @throws ProblemException when the stored table is damaged
  public RouteKeeper(RouteStore store, Consumer<RoutingTable> onChange) {
    this.store = store;
    this.onChange = onChange;
    this.current = store.load();
    onChange.accept(current);
  }

  /// The table in force.
  public RoutingTable current() {
    return current;
  }

  /// Replaces the whole table.
  ///
  /// @throws ProblemException when it is not newer, or cannot be stored
  public TableVersion put(RoutingTable table) {
    return take(table.version(), _ -> table);
  }

  /// Applies an update to the table in force.
  ///
  /// @throws ProblemException when it is not newer, leads to a table that is not valid, or cannot
  ///   be stored
  public TableVersion patch(TableUpdate update) {
    return take(update.version(), table -> table.with(update));
  }

  private TableVersion take(TableVersion offered, UnaryOperator<RoutingTable> change) {
    synchronized (changing) {
      RoutingTable before = current;
      int order = offered.compareTo(before.version());
      if (order < 0) {
        throw outdated(offered, before);
      }
      RoutingTable after = change.apply(before);
      if (order == 0) {
        if (!after.sameContent(before)) {
          throw outdated(offered, before);
        }
        return offered;
      }
      store.save(after);
      current = after;
      onChange.accept(after);
      return offered;
    }
  }

  private static ProblemException outdated(TableVersion offered, RoutingTable current) {
    TableVersion inForce = current.version();
    return new ProblemException(
        new TableOutdated(offered.toString(), inForce.epoch(), inForce.version()));
  }
}
