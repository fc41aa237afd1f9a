package tranche.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.problem.ProblemException;
import tranche.gateway.route.TenantRoute.WeightedArm;

/// The routing table as data: order of arms, versions, JSON, disk.
final class RoutingTableTest {
  private static final TenantRoute SPLIT = route(70, 30);

  private static TenantRoute route(int baseline, int candidate) {
    return new TenantRoute(
        "c", List.of(new WeightedArm("1", baseline), new WeightedArm("2", candidate)), Sticky.USER);
  }

  private static RoutingTable table(long epoch, long version, Map<String, TenantRoute> tenants) {
    Cell cell =
        new Cell(
            Map.of(
                "1", new Arm("/ready", List.of(new Instance("i", "127.0.0.1", 80, false))),
                "2", new Arm("/ready", List.of())));
    return new RoutingTable(new TableVersion(epoch, version), Map.of("c", cell), tenants);
  }

  @Test
  void the_candidate_owns_the_lowest_buckets_and_the_baseline_the_rest() {
    for (int bucket = 0; bucket < 100; bucket++) {
      List<String> expected = bucket < 30 ? List.of("2", "1") : List.of("1", "2");
      assertThat(SPLIT.order(bucket)).isEqualTo(expected);
    }
  }

  @Test
  void raising_the_candidate_takes_no_bucket_away_from_it() {
    Set<Integer> before = new HashSet<>();
    for (int weight = 0; weight <= 100; weight++) {
      Set<Integer> owned = new HashSet<>();
      for (int bucket = 0; bucket < 100; bucket++) {
        if (route(100 - weight, weight).order(bucket).getFirst().equals("2")) {
          owned.add(bucket);
        }
      }
      assertThat(owned).hasSize(weight).containsAll(before);
      before = owned;
    }
  }

  @Test
  void arms_without_weight_come_last_and_never_own_a_bucket() {
    TenantRoute route =
        new TenantRoute(
            "c",
            List.of(
                new WeightedArm("a", 0),
                new WeightedArm("b", 60),
                new WeightedArm("c", 0),
                new WeightedArm("d", 40)),
            Sticky.NONE);
    assertThat(route.order(0)).containsExactly("d", "b", "a", "c");
    assertThat(route.order(39)).containsExactly("d", "b", "a", "c");
    assertThat(route.order(40)).containsExactly("b", "d", "a", "c");
    assertThat(route.order(99)).containsExactly("b", "d", "a", "c");
  }

  @Test
  void buckets_are_the_same_in_every_release_of_the_gateway() {
    assertThat(Bucket.of("acme", "user-1")).isEqualTo(15);
    assertThat(Bucket.of("acme", "")).isEqualTo(57);
  }

  @Test
  void buckets_are_filled_evenly() {
    int[] users = new int[Bucket.COUNT];
    int[] tenants = new int[Bucket.COUNT];
    for (int i = 0; i < 100_000; i++) {
      users[Bucket.of("acme", "u" + i)]++;
      tenants[Bucket.of("tenant-" + i, "")]++;
    }
    // 1000 expected; the standard deviation is 31, so 5 of them on either side.
    assertThat(Arrays.stream(users)).allMatch(n -> n >= 845 && n <= 1155);
    assertThat(Arrays.stream(tenants)).allMatch(n -> n >= 845 && n <= 1155);
  }

  @Test
  void an_update_adds_replaces_and_removes() {
    RoutingTable before = table(1, 1, Map.of("a", SPLIT, "b", SPLIT));
    RoutingTable after =
        before.with(
            new TableUpdate(
                new TableVersion(1, 2),
                Map.of(),
                Map.of("a", Optional.empty(), "c", Optional.of(route(100, 0)))));
    assertThat(after.tenants()).containsOnlyKeys("b", "c");
    assertThat(before.tenants()).containsOnlyKeys("a", "b");
  }

  @Test
  void versions_are_ordered_by_epoch_first() {
    assertThat(new TableVersion(2, 0).compareTo(new TableVersion(1, 99))).isPositive();
    assertThat(new TableVersion(2, 1).compareTo(new TableVersion(2, 0))).isPositive();
  }

  @Test
  void a_table_survives_the_disk(@TempDir Path folder) {
    RouteStore store = new RouteStore(folder.resolve("routes.json"));
    assertThat(store.load()).isEqualTo(RoutingTable.EMPTY);
    RoutingTable table = table(4, 2, Map.of("acme", SPLIT, "globex", route(0, 100)));
    store.save(table);
    assertThat(store.load()).isEqualTo(table);
  }

  @Test
  void any_single_damaged_byte_on_disk_is_noticed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("routes.json");
    RouteStore store = new RouteStore(file);
    store.save(table(4, 2, Map.of("acme", SPLIT)));
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int position = 0; position < good.length; position++) {
      byte[] bad = good.clone();
      bad[position] ^= (byte) (1 << random.nextInt(7));
      Files.write(file, bad);
      assertThatThrownBy(store::load)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("gateway-routes-damaged");
    }
    for (int length : new int[] {0, 10, 65, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(store::load).hasMessageContaining("gateway-routes-damaged");
    }
  }

  @Test
  void random_tables_are_read_as_they_were_written() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      Map<String, TenantRoute> tenants = new HashMap<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        int weight = random.nextInt(101);
        tenants.put("t" + random.nextInt(1000), route(100 - weight, weight));
      }
      RoutingTable table = table(random.nextInt(100), random.nextInt(100), tenants);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      RouteJson.writeTable(table, out);
      assertThat(TableReader.table(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(table);
    }
  }

  @Test
  void damaged_json_is_refused_and_never_fails_otherwise() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RouteJson.writeTable(table(4, 2, Map.of("acme", SPLIT)), out);
    String good = out.toString(StandardCharsets.UTF_8);
    Random random = new Random(3);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder bad = new StringBuilder(good);
      for (int i = random.nextInt(3); i >= 0; i--) {
        bad.setCharAt(
            random.nextInt(bad.length()), "{}[]:,\"\\0 a-\u00e9".charAt(random.nextInt(13)));
      }
      byte[] bytes = bad.toString().getBytes(StandardCharsets.UTF_8);
      try {
        assertThat(TableReader.table(new ByteArrayInputStream(bytes)).cells()).hasSizeLessThan(3);
      } catch (ProblemException e) {
        assertThat(e.problem().fix()).isNotEmpty();
      }
    }
  }

  @Test
  void equal_routes_are_one_object_after_reading() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RouteJson.writeTable(table(1, 1, Map.of("a", route(50, 50), "b", route(50, 50))), out);
    RoutingTable read = TableReader.table(new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.tenants().get("a")).isSameAs(read.tenants().get("b"));
  }
}
