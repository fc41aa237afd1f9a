package tranche.bench.process;

/// How large the heap of a measured process may become.
public enum Heap {
  /// 256 MB, the most that a command is meant to need.
  LIMITED("-Xmx256m "),
  /// As the launcher has it by itself.
  ORDINARY("");

  private final String options;

  Heap(String options) {
    this.options = options;
  }

  /// Options of the JVM, each followed by a space.
  String options() {
    return options;
  }
}
