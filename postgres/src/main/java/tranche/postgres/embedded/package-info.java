/// A PostgreSQL server of our own on this machine: unpacked from the class path, initialised,
/// started, found again after a crash, and stopped.
///
/// Read [EmbeddedPostgres] first; it is the whole life of a server from top to bottom.
///
/// What always holds: the server listens on 127.0.0.1 only, wants a random password, and writes
/// durably (fsync, full_page_writes, synchronous_commit). It runs in a session of its own and
/// outlives the process that started it. PostgreSQL never runs as root.
///
/// Deliberately not here: databases, roles and schemas inside the server; back-up; the guard
/// against two control planes on one folder; upgrades between major versions.
@NullMarked
package tranche.postgres.embedded;

import org.jspecify.annotations.NullMarked;
