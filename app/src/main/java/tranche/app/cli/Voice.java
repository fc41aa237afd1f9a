package tranche.app.cli;

import tranche.app.cli.render.Look;

/// The options of a command that say how it speaks. What fails is said by the same voice.
public interface Voice {
  /// Whether everything is said in one JSON envelope.
  boolean isJson();

  /// The look of what goes to the error output.
  Look errorLook(Surroundings surroundings);
}
