package tranche.sql.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTest {
  private static final Limits LIMITS = new Limits(1, 3, 100, 4_096);
  private static final int GET = 0x20;
  private static final int SET = 0x21;
  private static final int TEE = 0x22;
  private static final int WRAP = 0xa7;
  private static final int EXTEND_S = 0xac;
  private static final int EXTEND_U = 0xad;
  private static final int EMPTY = 0x40;

  @ParameterizedTest
  @CsvSource({
    "0x7c, 5, 7, 12",
    "0x7d, 5, 7, -2",
    "0x7e, -3, 7, -21",
    "0x7f, -7, 2, -3",
    "0x80, -1, 2, 9223372036854775807",
    "0x81, -7, 2, -1",
    "0x82, -1, 10, 5",
    "0x83, 12, 10, 8",
    "0x84, 12, 10, 14",
    "0x85, 12, 10, 6",
    "0x86, 1, 65, 2",
    "0x87, -8, 1, -4",
    "0x88, -8, 60, 15",
    "0x89, -9223372036854775808, 1, 1",
    "0x8a, 1, 1, -9223372036854775808"
  })
  void long_arithmetic(String operation, long x, long y, long expected) {
    assertThat(run(x, y, GET, 0, GET, 1, Integer.decode(operation))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0x6a, 2147483647, 1, -2147483648",
    "0x6b, -2147483648, 1, 2147483647",
    "0x6c, 65536, 65536, 0",
    "0x6d, -7, 2, -3",
    "0x6e, -1, 2, 2147483647",
    "0x6f, -7, 2, -1",
    "0x6f, -2147483648, -1, 0",
    "0x70, -1, 10, 5",
    "0x71, 12, 10, 8",
    "0x72, 12, 10, 14",
    "0x73, 12, 10, 6",
    "0x74, 1, 33, 2",
    "0x75, -8, 1, -4",
    "0x76, -8, 28, 15",
    "0x77, -2147483648, 1, 1",
    "0x78, 1, 1, -2147483648",
    "0x46, 3, 3, 1",
    "0x47, 3, 3, 0",
    "0x48, -1, 1, 1",
    "0x49, -1, 1, 0",
    "0x4a, -1, 1, 0",
    "0x4b, -1, 1, 1",
    "0x4c, 1, 1, 1",
    "0x4d, -1, 1, 0",
    "0x4e, 1, 1, 1",
    "0x4f, -1, 1, 1"
  })
  void int_arithmetic_wraps_at_32_bits(String operation, long x, long y, long expected) {
    int[] body = {GET, 0, WRAP, GET, 1, WRAP, Integer.decode(operation), EXTEND_S};
    assertThat(run(x, y, body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0x51, 3, 3, 1", "0x52, 3, 3, 0", "0x53, -1, 1, 1", "0x54, -1, 1, 0", "0x55, -1, 1, 0",
    "0x56, -1, 1, 1", "0x57, 1, 1, 1", "0x58, -1, 1, 0", "0x59, 1, 1, 1", "0x5a, -1, 1, 1"
  })
  void long_comparisons_give_0_or_1(String operation, long x, long y, long expected) {
    int[] body = {GET, 0, GET, 1, Integer.decode(operation), EXTEND_U};
    assertThat(run(x, y, body)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0xa0, 1.5, 2.25, 3.75",
    "0xa1, 1.5, 2.25, -0.75",
    "0xa2, 1.5, 2, 3",
    "0xa3, 1, 4, 0.25",
    "0xa4, -0.0, 0.0, -0.0",
    "0xa5, -0.0, 0.0, 0.0",
    "0xa6, 1.5, -2, -1.5"
  })
  void double_arithmetic(String operation, double x, double y, double expected) {
    int[] body = {GET, 0, 0xbf, GET, 1, 0xbf, Integer.decode(operation), 0xbd};
    long result = run(Double.doubleToRawLongBits(x), Double.doubleToRawLongBits(y), body);
    assertThat(Double.longBitsToDouble(result)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0x79, 1, 63",
    "0x7a, 8, 3",
    "0x7b, 255, 8",
    "0xc2, 255, -1",
    "0xc3, 65535, -1",
    "0xc4, 4294967295, -1"
  })
  void unary_operations_on_longs(String operation, long x, long expected) {
    assertThat(run(x, 0, GET, 0, Integer.decode(operation))).isEqualTo(expected);
  }

  @Test
  void conversions_between_numbers_saturate_or_round_once() {
    // i64.trunc_sat_f64_u of -1, of 1e30, and f64.convert_i64_u of 2^64 - 1.
    assertThat(run(bits(-1), 0, GET, 0, 0xbf, 0xfc, 7)).isZero();
    assertThat(run(bits(1e30), 0, GET, 0, 0xbf, 0xfc, 7)).isEqualTo(-1);
    assertThat(run(-1, 0, GET, 0, 0xba, 0xbd)).isEqualTo(bits(0x1p64));
    assertThat(run(bits(3.9), 0, GET, 0, 0xbf, 0xb0)).isEqualTo(3);
    assertThat(run(bits(0.1), 0, GET, 0, 0xbf, 0xb6, 0xbb, 0xbd)).isEqualTo(bits(0.1f));
    // f32.convert_i64_s, f32.add, f64.promote_f32.
    assertThat(run(3, 4, GET, 0, 0xb4, GET, 1, 0xb4, 0x92, 0xbb, 0xbd)).isEqualTo(bits(7));
  }

  @Test
  void a_local_that_changes_does_not_change_what_was_read_before() {
    // x - (x = 10) with x on the stack while it is set.
    assertThat(run(3, 0, GET, 0, 0x42, 10, TEE, 0, 0x7d)).isEqualTo(-7);
    // A result that could go straight to a local, but is also read.
    assertThat(run(3, 4, GET, 0, GET, 0, GET, 1, 0x7c, SET, 0, GET, 0, 0x7c)).isEqualTo(10);
  }

  @Test
  void a_constant_as_left_operand_stays_on_the_left() {
    assertThat(run(3, 0, 0x41, 10, GET, 0, WRAP, 0x6b, EXTEND_S)).isEqualTo(7);
    assertThat(run(3, 0, GET, 0, WRAP, 0x41, 10, 0x6b, EXTEND_S)).isEqualTo(-7);
    assertThat(run(3, 0, GET, 0, WRAP, 0x41, 3, 0x46, EXTEND_U)).isEqualTo(1);
  }

  @Test
  void a_loop_sums_up() {
    // do { sum += n; n -= 1 } while (n != 0)
    int[] body = {
      0x03, EMPTY, GET, 2, GET, 0, 0x7c, SET, 2, GET, 0, 0x42, 1, 0x7d, TEE, 0, 0x50, 0x45, 0x0d, 0,
      0x0b, GET, 2
    };
    assertThat(run(100, 0, body)).isEqualTo(5_050);
  }

  @Test
  void branches_of_if_and_values_of_blocks_arrive() {
    int[] larger = {GET, 0, GET, 1, 0x55, 0x04, ModuleBytes.I64, GET, 0, 0x05, GET, 1, 0x0b};
    assertThat(run(3, 8, larger)).isEqualTo(8);
    assertThat(run(9, 8, larger)).isEqualTo(9);
    // A jump out of two blocks that carries a value and leaves another behind.
    int[] carried = {
      0x02,
      ModuleBytes.I64,
      0x42,
      1,
      0x02,
      EMPTY,
      0x42,
      5,
      GET,
      0,
      0x50,
      0x0d,
      1,
      0x1a,
      0x0b,
      0x1a,
      0x42,
      9,
      0x0b
    };
    assertThat(run(0, 0, carried)).isEqualTo(5);
    assertThat(run(1, 0, carried)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 20", "2, 30", "7, 30", "-1, 30"})
  void a_jump_table_has_a_default(long index, long expected) {
    int[] body = {
      0x02, EMPTY, 0x02, EMPTY, 0x02, EMPTY, GET, 0, WRAP, 0x0e, 2, 0, 1, 2, 0x0b, 0x42, 10, 0x0f,
      0x0b, 0x42, 20, 0x0f, 0x0b, 0x42, 30
    };
    assertThat(run(index, 0, body)).isEqualTo(expected);
  }

  @Test
  void what_cannot_be_reached_is_passed_over() {
    int[] body = {
      GET, 0, 0x0f, 0x02, EMPTY, 0x0c, 0, 0x0b, 0x41, 1, 0x04, EMPTY, 0x05, 0x0b, 0x44, 0, 0, 0, 0,
      0, 0, 0, 0, 0x1a, 0x0e, 1, 0, 0, 0x42, 1
    };
    assertThat(run(6, 0, body)).isEqualTo(6);
  }

  @Test
  void memory_is_written_read_copied_and_filled() {
    assertThat(run(0, -2, GET, 0, WRAP, GET, 1, 0x37, 0, 8, GET, 0, WRAP, 0x29, 0, 8))
        .isEqualTo(-2);
    assertThat(run(0, -2, GET, 0, WRAP, GET, 1, 0x3e, 0, 8, GET, 0, WRAP, 0x35, 0, 8))
        .isEqualTo(0xffff_fffeL);
    assertThat(run(16, 0, GET, 0, WRAP, 0x31, 0, 1)).isEqualTo('e');
    assertThat(run(0, 0, 0x41, 32, 0x41, 16, 0x41, 5, 0xfc, 10, 0, 0, 0x41, 32, 0x31, 0, 4))
        .isEqualTo('o');
    assertThat(run(0, 0, 0x41, 32, 0x41, 7, 0x41, 3, 0xfc, 11, 0, 0x41, 34, 0x31, 0, 0))
        .isEqualTo(7);
  }

  @Test
  void memory_grows_to_its_limit_only() {
    int[] grow = {GET, 0, WRAP, 0x40, 0, EXTEND_S, 0x42, 50, 0x7e, 0x3f, 0, EXTEND_S, 0x7c};
    assertThat(run(2, 0, grow)).isEqualTo(53);
    assertThat(run(3, 0, grow)).isEqualTo(-49);
  }

  @Test
  void functions_are_called_directly_through_the_table_and_outside() {
    assertThat(run(3, 4, GET, 0, GET, 1, 0x10, 0)).isEqualTo(304);
    assertThat(run(3, 4, GET, 0, GET, 1, 0x41, 0, 0x11, 0, 0)).isEqualTo(304);
    // f(x, y) = x == 0 ? y : f(x - 1, y + 2)
    int[] recursive = {
      GET,
      0,
      0x50,
      0x04,
      ModuleBytes.I64,
      GET,
      1,
      0x05,
      GET,
      0,
      0x42,
      1,
      0x7d,
      GET,
      1,
      0x42,
      2,
      0x7c,
      0x10,
      1,
      0x0b
    };
    assertThat(run(20, 1, recursive)).isEqualTo(41);
    assertTrap(Trap.Cause.DEPTH, 200, 0, recursive);
  }

  @Test
  void global_variables_belong_to_an_instance() {
    Module module = Module.read(ModuleBytes.withBody(GET, 0, 0x23, 0, 0x7c, 0x24, 0, 0x23, 0));
    Instance one = new Instance(module, imports(), LIMITS);
    Instance two = new Instance(module, imports(), LIMITS);
    assertThat(one.call("f", 1, 0)).isEqualTo(8);
    assertThat(one.call("f", 1, 0)).isEqualTo(9);
    assertThat(two.call("f", 1, 0)).isEqualTo(8);
  }

  @Test
  void what_must_not_be_done_traps() {
    assertTrap(Trap.Cause.FAULT, 0, 0, 0x00);
    assertTrap(Trap.Cause.FAULT, 65_536, 0, GET, 0, WRAP, 0x29, 0, 0);
    assertTrap(Trap.Cause.FAULT, 65_530, 0, GET, 0, WRAP, 0x29, 0, 0);
    assertTrap(Trap.Cause.FAULT, -1, 0, GET, 0, WRAP, 0x29, 0, 0);
    assertTrap(Trap.Cause.FAULT, 1, 0, GET, 0, GET, 1, 0x7f);
    assertTrap(Trap.Cause.FAULT, Long.MIN_VALUE, -1, GET, 0, GET, 1, 0x7f);
    assertTrap(Trap.Cause.FAULT, 0, 0, 0x41, 0, 0x41, 0, 0x41, 0x7f, 0xfc, 11, 0, 0x42, 0);
    // A hole of the table, an index beyond it, and a function of another type.
    assertTrap(Trap.Cause.FAULT, 3, 4, GET, 0, GET, 1, 0x41, 2, 0x11, 0, 0);
    assertTrap(Trap.Cause.FAULT, 3, 4, GET, 0, GET, 1, 0x41, 9, 0x11, 0, 0);
    assertTrap(Trap.Cause.FAULT, 3, 4, 0x41, 0, 0x11, 1, 0, 0x42, 0);
  }

  @Test
  void a_loop_without_end_is_ended() {
    Instance instance = instance(0x03, EMPTY, 0x0c, 0, 0x0b, 0x42, 0);
    instance.allowRepeats(1_000_000);
    assertThatThrownBy(() -> instance.call("f", 0, 0))
        .isInstanceOfSatisfying(Trap.class, t -> assertThat(t.reason()).isEqualTo(Trap.Cause.WORK));
    Instance table = instance(0x03, EMPTY, GET, 0, WRAP, 0x0e, 1, 0, 0, 0x0b, 0x42, 0);
    table.allowRepeats(1_000_000);
    assertThatThrownBy(() -> table.call("f", 0, 0)).isInstanceOf(Trap.class);
  }

  @Test
  void what_is_no_module_or_uses_what_is_absent_is_refused() {
    assertThatThrownBy(() -> Module.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Module.read(ModuleBytes.withBody(0xfd, 0)).translateAll())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0xfd");
    Module module = Module.read(ModuleBytes.withBody(0x42, 0));
    assertThatThrownBy(() -> new Instance(module, Map.of(), LIMITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("import h");
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static void assertTrap(Trap.Cause cause, long x, long y, int... body) {
    assertThatThrownBy(() -> run(x, y, body))
        .isInstanceOfSatisfying(Trap.class, trap -> assertThat(trap.reason()).isEqualTo(cause));
  }

  private static long run(long x, long y, int... body) {
    return instance(body).call("f", x, y);
  }

  private static Instance instance(int... body) {
    return new Instance(Module.read(ModuleBytes.withBody(body)), imports(), LIMITS);
  }

  private static Map<String, HostFunction> imports() {
    return Map.of(
        "h", (caller, window) -> 100 * caller.register(window) + caller.register(window + 1));
  }
}
