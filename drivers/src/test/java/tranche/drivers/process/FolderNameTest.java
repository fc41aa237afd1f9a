package tranche.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderNameTest {
  @ParameterizedTest
  @CsvSource({
    "basic@2026.11-1, basic@2026.11-1",
    "../../etc@1-1, %2E./../etc@1-1",
    "a/b@1-1, a%2Fb@1-1",
    "a%2Fb@1-1, a%252Fb@1-1",
    "é@1-1, %C3%A9@1-1",
    ".., %2E."
  })
  void a_folder_name_never_leaves_its_place(String id, String name) {
    assertThat(FolderName.of(id)).isEqualTo(name.replace("/../", "%2F..%2F"));
    assertThat(FolderName.of(id)).doesNotContain("/");
  }

  @Test
  void two_long_ids_that_begin_alike_have_folders_of_their_own() {
    String one = FolderName.of("é".repeat(128) + "@1-1");
    assertThat(one).hasSizeLessThan(200).isNotEqualTo(FolderName.of("é".repeat(128) + "@1-2"));
  }
}
