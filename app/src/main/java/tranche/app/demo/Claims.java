package tranche.app.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the demo claims, and whether it held.
final class Claims {
  private final List<Claim> claims = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final List<String> commands = new ArrayList<>();

  private record Claim(String claim, boolean holds, String seen) {}

  void check(String claim, boolean holds, String seen) {
    claims.add(new Claim(claim, holds, seen));
  }

  /// A time with the budget it is meant to keep. It depends on the machine, so it is told, not
  /// required.
  void measure(String what, Duration time, Duration budget) {
    tell("%s after %d s (budget %d s)".formatted(what, time.toSeconds(), budget.toSeconds()));
  }

  void tell(String fact) {
    facts.add(fact);
  }

  void next(List<String> next) {
    commands.addAll(next);
  }

  /// Prints the summary.
  ///
  /// @return whether every claim held
  boolean print(Narrator narrator) {
    measure("the whole story", narrator.elapsed(), Duration.ofSeconds(150));
    narrator.say("");
    narrator.say("Summary");
    for (Claim claim : claims) {
      narrator.say(
          claim.holds()
              ? "  ✔ " + claim.claim()
              : "  ✖ " + claim.claim() + "  (seen: " + claim.seen() + ")");
    }
    facts.forEach(fact -> narrator.say("    " + fact));
    narrator.say("");
    narrator.say("Your turn (after `tranche demo --keep`):");
    commands.forEach(command -> narrator.say("    " + command));
    return claims.stream().allMatch(Claim::holds);
  }
}
