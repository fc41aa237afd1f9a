package tranche.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tranche.api.Wire;
import tranche.api.client.ClientSettings;
import tranche.api.client.TrancheClient;
import tranche.app.cli.connect.Endpoint;
import tranche.app.cli.connect.Finder;
import tranche.app.cli.render.Look;

/// One command's conversation with the control plane and with the person.
final class Session implements AutoCloseable {
  private final Surroundings surroundings;
  private final Shared shared;
  private final TrancheClient client;

  private Session(Surroundings surroundings, Shared shared, TrancheClient client) {
    this.surroundings = surroundings;
    this.shared = shared;
    this.client = client;
  }

  /// Finds the control plane; nothing is sent yet.
  ///
  /// @throws tranche.core.problem.ProblemException [tranche.app.cli.connect.ConnectProblem]
  static Session open(Surroundings surroundings, Shared shared) {
    Endpoint endpoint = new Finder(surroundings.folder()).find(shared.hints(surroundings));
    var settings =
        new ClientSettings(
            endpoint.server(),
            endpoint.token(),
            surroundings.person(),
            ClientSettings.DEFAULT_TIMEOUT);
    return new Session(surroundings, shared, new TrancheClient(settings));
  }

  TrancheClient client() {
    return client;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Shared shared() {
    return shared;
  }

  Look look() {
    return shared.look(surroundings);
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  PrintStream out() {
    return surroundings.output().out();
  }

  /// Prints the answer in the form that was asked for.
  int print(Answer answer) {
    switch (shared.format()) {
      case TABLE, WIDE -> text(answer);
      case JSON -> json(Envelope.of(answer.kind(), answer.data(), client.version().version()));
      case NDJSON -> answer.items().forEach(this::json);
      case NAME -> answer.names().forEach(out()::println);
    }
    return ExitCode.OK;
  }

  private void text(Answer answer) {
    Look look = look();
    lines(answer.text().apply(look));
    if (!shared.isQuiet()) {
      next(answer.next(), look);
    }
  }

  private void next(List<String> commands, Look look) {
    String heading = "Next: ";
    for (String command : commands) {
      lines(look.finish(List.of(heading + command)));
      heading = "      ";
    }
  }

  /// Prints lines as they are.
  void lines(List<String> lines) {
    lines.forEach(out()::println);
  }

  /// Prints one object on one line.
  void json(Object object) {
    byte[] bytes = Wire.tolerant().writeValueAsBytes(object);
    out().println(new String(bytes, StandardCharsets.UTF_8));
  }

  /// Says something that is no data.
  void say(String line) {
    if (!shared.isQuiet()) {
      Look look = shared.errorLook(surroundings);
      look.finish(List.of(line)).forEach(surroundings.output().err()::println);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
