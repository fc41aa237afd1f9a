package tranche.bench.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import tranche.bench.contest.Fleet;

/// Schemas as the tenants of a small SaaS have them: five empty tables each.
public final class Tenants {
  private static final int PER_TRANSACTION = 100;

  private Tenants() {}

  /// The names of that many schemas.
  public static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj("tenant_%06d"::formatted).toList();
  }

  /// Creates a database with that many schemas that have nothing in them.
  ///
  /// @throws SQLException when the server refuses it
  public static Fleet bare(BenchServer server, String database, int count) throws SQLException {
    server.execute("CREATE DATABASE " + database);
    var fleet = server.fleet(database, names(count));
    try (Connection connection = fleet.connect("preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      for (int from = 0; from < count; from += PER_TRANSACTION) {
        var message = new StringBuilder();
        for (String name : fleet.schemas().subList(from, Math.min(count, from + PER_TRANSACTION))) {
          message.append("CREATE SCHEMA ").append(name).append(";\n");
        }
        statement.execute(message.toString());
      }
    }
    return fleet;
  }

  /// Creates a database with that many schemas.
  ///
  /// @throws SQLException when the server refuses it
  public static Fleet create(BenchServer server, String database, int count) throws SQLException {
    server.execute("CREATE DATABASE " + database);
    var fleet = server.fleet(database, names(count));
    try (Connection connection = fleet.connect("preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      for (int from = 0; from < count; from += PER_TRANSACTION) {
        var message = new StringBuilder();
        for (String name : fleet.schemas().subList(from, Math.min(count, from + PER_TRANSACTION))) {
          message.append(
              """
              CREATE SCHEMA %1$s;
              CREATE TABLE %1$s.account (
                id bigint PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
              CREATE TABLE %1$s.invoice (
                id bigint PRIMARY KEY, account_id bigint NOT NULL, amount numeric(12, 2) NOT NULL);
              CREATE TABLE %1$s.payment (
                id bigint PRIMARY KEY, invoice_id bigint NOT NULL, paid_at timestamptz NOT NULL);
              CREATE TABLE %1$s.ticket (
                id bigint PRIMARY KEY, account_id bigint NOT NULL, title text NOT NULL, body text);
              CREATE TABLE %1$s.comment (
                id bigint PRIMARY KEY, ticket_id bigint NOT NULL, body text NOT NULL);
              """
                  .formatted(name));
        }
        statement.execute(message.toString());
      }
    }
    return fleet;
  }
}
