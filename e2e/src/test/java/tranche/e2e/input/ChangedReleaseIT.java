package tranche.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;
import static tranche.e2e.input.Expected.problem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tranche.api.client.TrancheClient;
import tranche.api.release.ReleaseJson;
import tranche.api.rollout.MakePlan;
import tranche.api.rollout.RolloutJson;
import tranche.e2e.harness.Rollouts;
import tranche.e2e.harness.Site;
import tranche.e2e.harness.Site.Ended;

/// A release whose folder changes after it was created: what is kept of it stays as it was, and
/// nothing runs bytes that were not hashed.
final class ChangedReleaseIT {
  @RegisterExtension private final Site site = new Site();

  private TrancheClient client;
  private Rollouts rollouts;
  private Path folder;

  @Test
  void what_was_not_hashed_neither_replaces_a_release_nor_runs() throws Exception {
    site.write(Fleets.small(1));
    client = site.start().client();
    rollouts = new Rollouts(client);
    client.createRelease(site.release("2026.10"));
    folder = site.release("2026.11");
    client.createRelease(folder);
    rollouts.complete("2026.10");

    changedMigrationIsRefused();
    missingArtifactIsRefused();
    changedArtifactDoesNotRun();
    client.close();
  }

  private void changedMigrationIsRefused() throws Exception {
    ReleaseJson before = client.release("2026.11");
    Path migration = folder.resolve("migrations/V2__issue_priority_v2.sql");
    String text = Files.readString(migration);
    Files.writeString(migration, text + "\n-- changed\n");

    Said.of(tranche("release", "create", folder.toString()))
        .is(problem("release-changed", 6, "2026.11"));

    assertThat(client.release("2026.11")).isEqualTo(before);
    Files.writeString(migration, text);
    assertThat(tranche("release", "create", folder.toString()).exitCode()).isZero();
  }

  private void missingArtifactIsRefused() throws Exception {
    Path release = site.folder().resolve("releases/2031.01");
    Files.createDirectories(release);
    String text = Files.readString(folder.resolve("release.yaml")).replace("2026.11", "2031.01");
    Files.writeString(release.resolve("release.yaml"), text);
    for (String part : List.of("migrations", "preflight")) {
      Files.createSymbolicLink(release.resolve(part), folder.resolve(part));
    }

    Said said = Said.of(tranche("release", "create", release.toString()));

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(client.releases()).extracting(ReleaseJson::id).doesNotContain("2031.01");
  }

  private void changedArtifactDoesNotRun() throws Exception {
    Path jar = folder.resolve("target/issue-tracker.jar");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
    String plan = client.plan(new MakePlan("2026.11", List.of(), List.of(), List.of())).id();

    Ended ended = tranche("rollout", "start", plan, "--wait", "--timeout", "60s");

    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(1);
    RolloutJson halted = client.rollouts(1).getFirst();
    assertThat(halted.phase()).isEqualTo("halted");
    assertThat(halted.halted().orElseThrow().problem().what())
        .contains("2026.11")
        .contains("issue-tracker.jar");
    assertThat(site.processes().runningInstances().values())
        .isNotEmpty()
        .noneMatch(command -> command.contains("releases/2026.11"));
    assertThat(rollouts.ledger().values()).containsOnly("2026.10");
    assertThat(site.gateway().ask("b-1", "GET", "/issues", "").status()).isEqualTo(200);

    Files.write(jar, bytes);
    assertThat(tranche("rollout", "retry", halted.id()).exitCode()).isZero();
    rollouts.awaitPhase(halted.id(), "done");
    assertThat(rollouts.ledger().values()).containsOnly("2026.11");
  }

  private Ended tranche(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", site.data().toString()));
    return site.tranche(all.toArray(String[]::new));
  }
}
