package tranche.gateway.upstream;

/// What choosing an instance in an arm came to.
public sealed interface Pick {

  /// This instance; a place in it is taken and must be given back with [LiveInstance#end].
  record Chosen(LiveInstance instance) implements Pick {}

  /// Ready instances exist, but none has a free place.
  record Full() implements Pick {}

  /// No instance may be used.
  record NoneReady() implements Pick {}
}
