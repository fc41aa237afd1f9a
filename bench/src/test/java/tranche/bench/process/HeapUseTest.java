package tranche.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeapUseTest {
  private static final List<String> AT_END =
      List.of(
          "[0.2s][info][gc,exit] Heap",
          "[0.2s][info][gc,exit]  DefNew     total 78656K, used 40960K [0x1, 0x2, 0x3)",
          "[0.2s][info][gc,exit]   eden space 69952K,  57% used [0x1, 0x2, 0x3)",
          "[0.2s][info][gc,exit]  Tenured    total 174784K, used 1024K [0x1, 0x2, 0x3)",
          "[0.2s][info][gc,exit]  Metaspace       used 9443K, committed 9664K, reserved 1114112K");

  @Test
  void what_was_in_use_at_the_end_counts_when_nothing_was_collected() {
    HeapUse use = HeapUse.parse(AT_END);

    assertThat(use.highMegabytes()).isEqualTo(41);
    assertThat(use.liveMegabytes()).isEmpty();
  }

  @Test
  void what_was_in_use_before_a_collection_counts_too() {
    List<String> log =
        List.of(
            "[0.1s][info][gc] GC(0) Pause Young (Allocation Failure) 68M->5M(247M) 5.867ms",
            "[0.1s][info][gc] GC(1) Pause Young (Allocation Failure) 73M->3M(247M) 2.829ms");

    HeapUse use = HeapUse.parse(Stream.of(log, AT_END).flatMap(List::stream).toList());

    assertThat(use.highMegabytes()).isEqualTo(73);
    assertThat(use.liveMegabytes()).hasValue(5);
  }

  @Test
  void a_log_that_ends_too_early_says_nothing() {
    assertThatThrownBy(() -> HeapUse.parse(List.of("[0.01s][info][gc] Using Serial")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
