package tranche.postgres.embedded;

import java.io.IOException;
import java.util.Optional;
import tranche.core.problem.ProblemException;
import tranche.postgres.embedded.EmbeddedProblem.PasswordRefused;

/// A server that was seen to answer with our password and our data.
///
/// @param address where it answered
/// @param pid its process
record Running(ServerAddress address, long pid) {
  static ServerAddress address(Layout layout, int port) throws IOException {
    return new ServerAddress("127.0.0.1", port, Cluster.USER, Cluster.password(layout));
  }

  /// Asks a server once.
  ///
  /// @return empty when it does not answer yet
  /// @throws ProblemException [PasswordRefused] when asking again would not help
  static Optional<Running> ask(Layout layout, Postmaster postmaster) throws IOException {
    var address = address(layout, postmaster.port());
    return switch (Handshake.with(address)) {
      case Handshake.Answered(var folder) when folder.equals(layout.data().toString()) ->
          Optional.of(new Running(address, postmaster.pid()));
      case Handshake.Rejected(var reason) ->
          throw new ProblemException(new PasswordRefused(layout.password(), reason));
      case Handshake.Answered _, Handshake.Busy _, Handshake.Silent _ -> Optional.empty();
    };
  }
}
