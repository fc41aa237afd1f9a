package tranche.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SecretTest {
  private record Holder(String name, Secret password) {}

  @Test
  void a_secret_shows_itself_only_when_asked() {
    var holder = new Holder("store", Secret.of("hunter2"));

    assertThat(holder.toString()).doesNotContain("hunter2").contains("••••");
    assertThat(holder.password().reveal()).isEqualTo("hunter2");
  }

  @Test
  void secrets_are_equal_by_value_and_their_hash_tells_nothing() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    assertThat(Secret.of("a").hashCode()).isEqualTo(Secret.of("b").hashCode());
  }

  @Test
  void an_empty_secret_is_refused() {
    assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
  }
}
