package tranche.core.rollout;

import java.time.Instant;
import java.util.Optional;

/// Why nothing happens (I10): the same data in CLI, API and stream.
///
/// `code` is a stable slug, `what` one sentence, `who` names who or what can clear it.
public record HoldReason(
    String code, String what, Instant since, Optional<Instant> until, String who) {}
