package tranche.app.cli;

import java.util.Optional;

/// What the program is connected to.
public interface Terminal {
  /// Whether a person sees what is written to the output.
  boolean isOut();

  /// Whether a person sees what is written to the error output.
  boolean isErr();

  /// Whether a person can answer.
  boolean isIn();

  /// The size of the terminal now; empty if there is none or it does not say.
  Optional<Size> size();

  /// How much fits onto the screen.
  record Size(int rows, int columns) {}

  /// A line that the person types; empty at the end of input.
  Optional<String> readLine();
}
