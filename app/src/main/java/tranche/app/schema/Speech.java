package tranche.app.schema;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tranche.api.Wire;
import tranche.app.cli.Envelope;
import tranche.app.cli.Surroundings;
import tranche.app.cli.render.Look;

/// How a command talks: data to the output, everything else to the error output.
record Speech(Surroundings surroundings, SchemaVoice voice) {
  PrintStream out() {
    return surroundings.output().out();
  }

  PrintStream err() {
    return surroundings.output().err();
  }

  SchemaFormat format() {
    return voice.format();
  }

  Look look() {
    return voice.look(surroundings);
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  void lines(List<String> lines) {
    lines.forEach(out()::println);
  }

  /// What makes sense to type now.
  void next(List<String> commands) {
    if (voice.isQuiet() || !format().isForPeople()) {
      return;
    }
    String heading = "Next: ";
    for (String command : commands) {
      lines(look().finish(List.of(heading + command)));
      heading = "      ";
    }
  }

  /// Says something that is no data.
  void say(String line) {
    if (!voice.isQuiet()) {
      voice.errorLook(surroundings).finish(List.of(line)).forEach(err()::println);
    }
  }

  void envelope(String kind, Object data) {
    json(Envelope.of(kind, data));
  }

  /// One object on one line.
  void json(Object object) {
    byte[] bytes = Wire.tolerant().writeValueAsBytes(object);
    out().println(new String(bytes, StandardCharsets.UTF_8));
  }
}
