package tranche.engine.fanout;

import java.time.Duration;
import java.util.Optional;

/// What a database server has room for, as it said a moment ago.
///
/// @param maxConnections `max_connections` less those reserved for superusers
/// @param usedConnections sessions at the moment
/// @param maxLocksPerTransaction the setting
/// @param replicaLag of the replica that is furthest behind, if there is one
/// @param lockWaiters sessions that wait for a lock
public record ServerRoom(
    int maxConnections,
    int usedConnections,
    int maxLocksPerTransaction,
    Optional<Duration> replicaLag,
    int lockWaiters) {}
