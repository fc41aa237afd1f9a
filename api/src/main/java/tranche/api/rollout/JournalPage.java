package tranche.api.rollout;

import java.util.List;

/// A part of a rollout's journal, oldest first. `after` is what to ask for next; there is more now
/// if `more` is true.
public record JournalPage(List<EventJson> items, long after, boolean more) {
  public JournalPage {
    items = List.copyOf(items);
  }
}
