package tranche.postgres.control;

import java.util.Map;
import java.util.stream.Collectors;
import tranche.core.fleet.CellId;
import tranche.core.release.ReleaseId;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.journal.Fence;

/// The arms that shall run, as a table.
final class PostgresDesiredArms implements DesiredArms {
  private final Database database;
  private final FencedWrites writes;

  PostgresDesiredArms(Database database) {
    this.database = database;
    this.writes = new FencedWrites(database);
  }

  @Override
  public Map<Arm, Integer> all() {
    return database.call(handle ->
        handle
            .createQuery("SELECT cell, release, instances FROM tranche_control.desired_arm")
            .map((row, _) ->
                Map.entry(
                    new Arm(
                        new CellId(row.getString("cell")), new ReleaseId(row.getString("release"))),
                    row.getInt("instances")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public void put(Arm arm, int instances, Fence fence) {
    if (instances < 1) {
      throw new IllegalArgumentException(instances + " instances of " + arm);
    }
    writes.repeatable(
        fence,
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO tranche_control.desired_arm (cell, release, instances)
                    VALUES (:cell, :release, :instances)
                    ON CONFLICT (cell, release) DO UPDATE
                    SET instances = excluded.instances
                    """)
                .bind("cell", arm.cell().value())
                .bind("release", arm.release().value())
                .bind("instances", instances)
                .execute());
  }

  @Override
  public void remove(Arm arm, Fence fence) {
    writes.repeatable(
        fence,
        handle ->
            handle
                .createUpdate(
                    """
                    DELETE FROM tranche_control.desired_arm
                    WHERE cell = :cell
                      AND release = :release
                    """)
                .bind("cell", arm.cell().value())
                .bind("release", arm.release().value())
                .execute());
  }
}
