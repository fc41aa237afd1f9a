package tranche.bench.contest;

import java.sql.SQLException;

/// One tool with one setting of parallelism.
public interface Contestant {
  /// The tool's name, lower case; several contestants share it when they differ in connections.
  String tool();

  /// How many stores it works on at a time; 0 when the tool decides by itself.
  int connections();

  /// Brings every store of the fleet to the stage, or finds that it is there already.
  ///
  /// @throws SQLException when a store could not be brought there
  /// @throws InterruptedException when the thread was interrupted while waiting
  void apply(Fleet fleet, Stage stage) throws SQLException, InterruptedException;

  /// Asks every store and counts those with something left to do until the stage.
  ///
  /// @throws SQLException when a store could not be asked
  /// @throws InterruptedException when the thread was interrupted while waiting
  int pending(Fleet fleet, Stage stage) throws SQLException, InterruptedException;

  /// The name in tables and files: tool and connections.
  default String label() {
    return connections() == 0 ? tool() : tool() + "-" + connections();
  }
}
