package tranche.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.TenantPage;
import tranche.api.fleet.TenantQuery;
import tranche.api.fleet.WhyJson;
import tranche.app.cli.render.TenantTable;
import tranche.app.cli.render.WhyText;

/// `tranche tenant`.
@Command(name = "tenant", description = "Look at tenants and add new ones.")
final class TenantCommand {
  private static final Set<String> KEYS = Set.of("tier", "region", "release", "model", "q");

  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  TenantCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(name = "list", aliases = "ls", description = "List tenants with what they run.")
  int list(
      @Mixin Shared shared,
      @Option(
              names = {"-l", "--selector"},
              paramLabel = "KEY=VALUE,...",
              description = "tier=, region=, release=, model=, q= (a part of the id).")
          List<String> selectors,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "At most that many, up to 1,000,000. Default: 100.")
          int limit) {
    if (limit < 1 || limit > Limits.ROWS) {
      throw new ParameterException(spec.commandLine(), "--limit is from 1 to 1000000");
    }
    Selector selector = Selector.parse(selectors == null ? List.of() : selectors, KEYS);
    try (Session session = Session.open(surroundings, shared)) {
      TenantPage page = read(session, selector, limit);
      return session.print(
          new Answer(
              "tenant-list",
              page,
              page.items(),
              page.items().stream().map(TenantJson::id).toList(),
              look -> TenantTable.lines(page, look),
              List.of()));
    }
  }

  /// As many pages as it takes, as one.
  private static TenantPage read(Session session, Selector selector, int limit) {
    List<TenantJson> tenants = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    TenantPage page;
    do {
      int wanted = Math.min(Limits.PAGE, limit - tenants.size());
      page = session.client().tenants(query(selector, wanted, cursor));
      tenants.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent() && tenants.size() < limit && !page.items().isEmpty());
    return new TenantPage(tenants, page.total(), cursor);
  }

  private static TenantQuery query(Selector selector, int limit, Optional<String> cursor) {
    return new TenantQuery(
        selector.one("tier"),
        selector.one("region"),
        selector.one("release"),
        selector.one("model"),
        selector.one("q"),
        limit,
        cursor);
  }

  @Command(name = "show", description = "Show a tenant with its stores, as read now.")
  int show(
      @Mixin Shared shared, @Parameters(paramLabel = "TENANT", description = "Its id.") String id) {
    try (Session session = Session.open(surroundings, shared)) {
      TenantJson tenant = session.client().tenant(id);
      return session.print(
          Answer.one(
                  "tenant",
                  tenant,
                  tenant.id(),
                  look -> TenantTable.one(tenant, session.now(), look))
              .then("tranche tenant why " + tenant.id()));
    }
  }

  @Command(name = "why", description = "Say why a tenant is where it is.")
  int why(
      @Mixin Shared shared, @Parameters(paramLabel = "TENANT", description = "Its id.") String id) {
    try (Session session = Session.open(surroundings, shared)) {
      WhyJson why = session.client().why(id);
      return session.print(
          Answer.one("why", why, why.subject(), look -> WhyText.lines(why, session.now(), look))
              .then("tranche tenant show " + id));
    }
  }
}
