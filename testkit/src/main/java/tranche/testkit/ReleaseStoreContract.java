package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.ReleaseProblem;
import tranche.engine.release.ReleaseStore;

/// What every implementation of [ReleaseStore] does.
public abstract class ReleaseStoreContract extends ControlContract {
  private ReleaseStore releases() {
    return ports().releases();
  }

  @Test
  void a_release_comes_back_as_it_was_created() {
    Release release = Samples.release("2026.11", "/srv/releases/2026.11", "app.jar");
    releases().create(release);

    assertThat(releases().find(release.id())).contains(release);
    assertThat(releases().find(new ReleaseId("2026.12"))).isEmpty();
  }

  @Test
  void releases_are_listed_oldest_first() {
    Release second = Samples.release("a", "/srv/a", "app.jar");
    Release first = Samples.release("b", "/srv/b", "app.jar");
    releases().create(first);
    releases().create(second);
    releases().create(first);

    assertThat(releases().all()).containsExactly(first, second);
  }

  @Test
  void the_same_content_may_lie_in_another_folder() {
    Release before = Samples.release("2026.11", "/srv/before", "app.jar");
    Release after = Samples.release("2026.11", "/srv/after", "app.jar");
    releases().create(before);
    releases().create(after);

    assertThat(releases().find(before.id())).contains(after);
    assertThat(releases().all()).containsExactly(after);
  }

  @Test
  void other_content_under_the_same_name_is_refused() {
    Release created = Samples.release("2026.11", "/srv/before", "app.jar");
    Release other = Samples.release("2026.11", "/srv/after", "other.jar");
    releases().create(created);

    var problem = problem(ReleaseProblem.ReleaseChanged.class, () -> releases().create(other));

    assertThat(problem.recorded()).isEqualTo(created.hash());
    assertThat(problem.found()).isEqualTo(other.hash());
    assertThat(releases().all()).containsExactly(created);
  }
}
