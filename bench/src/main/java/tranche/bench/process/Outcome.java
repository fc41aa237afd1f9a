package tranche.bench.process;

import java.time.Duration;

/// What is known of a process that has ended well.
///
/// @param wall from just before it was started until it had ended
/// @param cpuSeconds processor time that it used, on all cores together; unlike the wall time it
///   hardly depends on what else the machine does
/// @param peakMegabytes the most memory that was its own at once (resident set), heap and all else
/// @param heap how much of its heap it used
/// @param output its standard output
public record Outcome(
    Duration wall, double cpuSeconds, double peakMegabytes, HeapUse heap, String output) {}
