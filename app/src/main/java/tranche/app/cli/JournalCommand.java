package tranche.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tranche.api.client.EventConsumer;
import tranche.api.rollout.EventJson;
import tranche.api.rollout.JournalPage;
import tranche.app.cli.render.JournalText;

/// `tranche rollout journal`.
@Command(description = "Show what was decided and done, oldest first.")
final class JournalCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private Shared shared = new Shared();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ROLLOUT",
      arity = "0..1",
      description = "May be left out if only one has not ended.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--after",
      paramLabel = "SEQ",
      defaultValue = "0",
      description = "Only entries after that sequence number.")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most that many entries, up to 1,000,000. Default: 100.")
  private int limit;

  @Option(
      names = "--follow",
      description = "Go on with what happens, until the rollout ends; --limit does not apply.")
  private boolean isFollowing;

  JournalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1 || limit > Limits.ROWS || after < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit is from 1 to 1000000, --after is not negative");
    }
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toRead(session.client(), id);
      return isFollowing ? follow(session, rollout) : page(session, rollout);
    }
  }

  private int page(Session session, String rollout) {
    List<EventJson> entries = new ArrayList<>();
    long last = after;
    boolean hasMore = true;
    while (hasMore && entries.size() < limit) {
      int wanted = Math.min(Limits.PAGE, limit - entries.size());
      JournalPage page = session.client().journal(rollout, last, wanted);
      entries.addAll(page.items());
      hasMore = page.more() && page.after() > last;
      last = page.after();
    }
    Answer answer =
        Answer.list(
            "journal",
            entries,
            e -> String.valueOf(e.seq()),
            look -> entries.stream().map(e -> JournalText.line(e, look)).toList());
    String next = "tranche rollout journal " + rollout + " --after " + last;
    return session.print(hasMore ? answer.then(next) : answer);
  }

  /// Entries of this rollout from the stream of all, each as soon as it is there.
  private int follow(Session session, String rollout) throws InterruptedException {
    if (session.client().rollout(rollout).over()) {
      limit = Limits.ROWS;
      return page(session, rollout);
    }
    EventConsumer printing =
        event -> {
          if (!event.rollout().equals(rollout)) {
            return EventConsumer.Next.GO_ON;
          }
          print(session, event);
          return event.type().equals("finished")
              ? EventConsumer.Next.STOP
              : EventConsumer.Next.GO_ON;
        };
    session.client().events(after, printing);
    return ExitCode.OK;
  }

  private static void print(Session session, EventJson event) {
    switch (session.shared().format()) {
      case TABLE, WIDE -> session.lines(List.of(JournalText.line(event, session.look())));
      case JSON, NDJSON -> session.json(event);
      case NAME -> session.lines(List.of(String.valueOf(event.seq())));
    }
  }
}
