package tranche.engine.fanout;

import java.time.InstantSource;

/// What all lanes of a run share.
///
/// @param reports hands events to the listener, one at a time
record RunParts(
    FanoutRequest request,
    StoreAccess access,
    InstantSource clock,
    Tally tally,
    StoreReader reader,
    TaskBook tasks,
    SetProgress progress,
    Reports reports) {}
