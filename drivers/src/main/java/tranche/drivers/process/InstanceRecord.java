package tranche.drivers.process;

import java.time.Instant;
import java.util.Optional;
import tranche.core.fleet.CellId;
import tranche.core.release.ReleaseId;
import tranche.engine.delivery.Arm;
import tranche.engine.delivery.Instance;

/// What is remembered of an instance. Without a run it is an intent: its process may have been
/// started by somebody who died before saying so.
///
/// @param number its place in the arm, from 1
/// @param epoch the fencing number under which this was written
record InstanceRecord(
    Arm arm, int number, String readyPath, int port, long epoch, Optional<Run> run) {
  /// Instances listen on this machine only.
  static final String HOST = "127.0.0.1";

  /// A process that was started; `wasReady` once it has answered that it can serve.
  record Run(ProcessIdentity process, Instant startedAt, boolean wasReady) {}

  /// Unique over all arms: a release name holds no `@`, and the number follows the last `-`.
  static String id(Arm arm, int number) {
    return arm.cell() + "@" + arm.release() + "-" + number;
  }

  static Arm armOf(String cell, String release) {
    return new Arm(new CellId(cell), new ReleaseId(release));
  }

  String id() {
    return id(arm, number);
  }

  Optional<ProcessIdentity> process() {
    return run.map(Run::process);
  }

  boolean wasReady() {
    return run.filter(Run::wasReady).isPresent();
  }

  InstanceRecord with(Run now, long byEpoch) {
    return new InstanceRecord(arm, number, readyPath, port, byEpoch, Optional.of(now));
  }

  /// That its process has answered that it can serve.
  InstanceRecord readyUnder(long byEpoch) {
    return new InstanceRecord(
        arm,
        number,
        readyPath,
        port,
        byEpoch,
        run.map(known -> new Run(known.process(), known.startedAt(), true)));
  }

  /// The intent to start it on that port.
  InstanceRecord intended(int onPort, long byEpoch) {
    return new InstanceRecord(arm, number, readyPath, onPort, byEpoch, Optional.empty());
  }

  Instance seen(Instance.State state) {
    return new Instance(id(), arm, HOST, port, state);
  }
}
