package tranche.app.cli.watch;

import java.time.Instant;
import tranche.api.client.EventConsumer.Link;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.RolloutJson;

/// Shows a rollout while it is watched. Called by one thread.
public interface Picture {
  /// The rollout as it is at that time; called at least every second or so, also without a change.
  void show(RolloutJson rollout, Instant now);

  /// An entry of its journal, as it happens.
  void entry(EventJson entry);

  /// The state of the connection changed.
  void link(Link link);

  /// Nothing shows anything.
  static Picture none() {
    return new Picture() {
      @Override
      public void show(RolloutJson rollout, Instant now) {}

      @Override
      public void entry(EventJson entry) {}

      @Override
      public void link(Link link) {}
    };
  }
}
