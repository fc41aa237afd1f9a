package tranche.drivers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.fleet.Tenant;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.release.ArtifactFile;
import tranche.engine.delivery.ArmSpec;
import tranche.engine.delivery.DeliveryProblem.ArtifactChanged;
import tranche.engine.delivery.DeliveryProblem.CrashLoop;
import tranche.engine.delivery.DeliveryProblem.NotReadyInTime;
import tranche.engine.delivery.DeliveryProblem.StaleController;
import tranche.engine.delivery.Instance;
import tranche.engine.delivery.Instance.State;
import tranche.engine.journal.Fence;

/// Every instance in here is a real process.
class ProcessPlatformTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void setUp() {
    bench = new Bench(folder);
  }

  @AfterEach
  void end_everything() {
    ProcessPlatform platform =
        new ProcessPlatform(
            bench.settings(Duration.ofSeconds(1), Duration.ofMillis(100)), Bench::access);
    platform.instances().forEach(i -> platform.stop(i.arm(), new Fence(Long.MAX_VALUE)));
  }

  @Test
  void an_arm_is_ready_when_all_its_instances_answer() throws Exception {
    List<Instance> instances = bench.platform().ensure(bench.spec(2, "well"), Bench.FENCE);

    assertThat(instances)
        .extracting(Instance::id)
        .containsExactly("basic@2026.11-1", "basic@2026.11-2");
    assertThat(instances).extracting(Instance::state).containsOnly(State.READY);
    assertThat(instances).extracting(Instance::port).doesNotHaveDuplicates();
    assertThat(Bench.get(instances.getFirst(), "/told"))
        .contains("\"model\":\"row\",\"stores\":[{\"role\":\"main\",\"database\":\"pool\"");
  }

  @Test
  void ensuring_again_changes_nothing() {
    ProcessPlatform platform = bench.platform();
    List<Instance> first = platform.ensure(bench.spec(1, "well"), Bench.FENCE);
    long pid = bench.pid("basic@2026.11-1");

    assertThat(platform.ensure(bench.spec(1, "well"), Bench.FENCE)).isEqualTo(first);
    assertThat(bench.pid("basic@2026.11-1")).isEqualTo(pid).isNotZero();
  }

  @Test
  void a_running_instance_finds_added_tenants_in_its_file() throws Exception {
    ProcessPlatform platform = bench.platform();
    ArmSpec spec = bench.spec(1, "well");
    platform.ensure(spec, Bench.FENCE);
    long pid = bench.pid("basic@2026.11-1");

    List<Tenant> more = List.of(Bench.tenant("acme"), Bench.tenant("initech"));
    platform.ensure(new ArmSpec(spec.arm(), spec.release(), 1, more), Bench.FENCE);

    assertThat(Files.readString(bench.instanceFile("basic@2026.11-1"))).contains("initech");
    assertThat(bench.pid("basic@2026.11-1")).isEqualTo(pid);
  }

  @Test
  void an_instance_sees_only_what_it_may_see() throws Exception {
    Instance instance = bench.platform().ensure(bench.spec(1, "well"), Bench.FENCE).getFirst();

    assertThat(Bench.get(instance, "/environment").split(" "))
        .contains("TRANCHE_INSTANCE")
        .isSubsetOf("PATH", "HOME", "LANG", "TZ", "JAVA_HOME", "TRANCHE_INSTANCE");
    assertThat(permissions(bench.instanceFile(instance.id()))).isEqualTo("rw-------");
    assertThat(commandLine(bench.pid(instance.id()))).contains("SampleApp").doesNotContain("w0rd");
  }

  @Test
  void an_instance_has_a_session_of_its_own() throws Exception {
    bench.platform().ensure(bench.spec(1, "well"), Bench.FENCE);
    long pid = bench.pid("basic@2026.11-1");

    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    assertThat(session).isEqualTo(Long.toString(pid));
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-start", "after-start", "when-ready"})
  void whenever_the_control_plane_is_killed_the_next_one_has_exactly_one_process(String point)
      throws Exception {
    assertThat(killedControlPlane(point)).isEqualTo(137);
    long survivor = bench.pid("basic@2026.11-1");
    assertThat(survivor == 0).isEqualTo(point.equals("before-start"));

    ProcessPlatform next = bench.platform();
    assertThat(next.instances()).hasSize(1);
    next.ensure(bench.spec(1, "well"), new Fence(8));

    assertThat(bench.mark("basic@2026.11-1").processes()).hasSize(1);
    if (survivor != 0) {
      assertThat(bench.pid("basic@2026.11-1")).isEqualTo(survivor);
    }
    next.stop(Bench.arm("2026.11"), new Fence(8));
    assertThat(bench.pid("basic@2026.11-1")).isZero();
  }

  @Test
  void an_unrecorded_process_of_a_killed_control_plane_can_be_stopped() throws Exception {
    killedControlPlane("after-start");
    assertThat(bench.pid("basic@2026.11-1")).isNotZero();

    bench.platform().stop(Bench.arm("2026.11"), new Fence(8));

    assertThat(bench.pid("basic@2026.11-1")).isZero();
    assertThat(bench.platform().instances()).isEmpty();
  }

  @Test
  void a_process_that_got_the_pid_of_an_instance_is_not_touched() throws Exception {
    ProcessPlatform platform = bench.platform();
    platform.ensure(bench.spec(1, "well"), Bench.FENCE);
    Process bystander = new ProcessBuilder("sleep", "60").start();
    try {
      Path record = bench.instanceFile("basic@2026.11-1").resolveSibling("process.json");
      String text = Files.readString(record);
      Files.writeString(record, text.replaceFirst("\"pid\":\\d+", "\"pid\":" + bystander.pid()));

      assertThat(platform.instances()).extracting(Instance::state).containsExactly(State.DEAD);
      platform.stop(Bench.arm("2026.11"), Bench.FENCE);

      assertThat(bystander.isAlive()).isTrue();
      assertThat(bench.pid("basic@2026.11-1")).isZero();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void a_dead_instance_is_started_again_on_its_port() {
    ProcessPlatform platform = bench.platform();
    Instance before = platform.ensure(bench.spec(1, "well"), Bench.FENCE).getFirst();
    kill(before.id());
    assertThat(platform.instances()).extracting(Instance::state).containsExactly(State.DEAD);

    assertThat(platform.ensure(bench.spec(1, "well"), Bench.FENCE)).containsExactly(before);
    assertThat(platform.instances()).containsExactly(before);
  }

  @Test
  void an_instance_that_ends_once_is_started_again() {
    String trace = folder.resolve("trace").toString();

    assertThat(bench.platform().ensure(bench.spec(1, "ends-once", trace), Bench.FENCE))
        .extracting(Instance::state)
        .containsExactly(State.READY);
  }

  @Test
  void a_crash_loop_ends_with_the_last_words_but_no_secret() {
    CrashLoop problem = problem(CrashLoop.class, bench.spec(1, "ends"));

    assertThat(problem.exits()).isEqualTo(4);
    assertThat(problem.lastLines()).contains("cannot log in with ••••").doesNotContain("w0rd");
    assertThat(bench.platform().instances()).isEmpty();
    assertThat(folder.resolve("data/logs/basic@2026.11-1.log")).content().contains("cannot log in");
  }

  @Test
  void a_program_that_does_not_exist_is_a_crash_loop_that_names_it() {
    ArmSpec spec = bench.spec("2026.11", 1, List.of(), List.of("/no/such/program"));

    assertThat(problem(CrashLoop.class, spec).lastLines()).contains("/no/such/program");
  }

  @Test
  void an_instance_that_is_not_ready_in_time_takes_its_companions_of_the_same_start_with_it() {
    ProcessPlatform platform =
        new ProcessPlatform(
            bench.settings(Duration.ofSeconds(2), Duration.ofSeconds(5)), Bench::access);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> platform.ensure(bench.spec(2, "never-ready"), Bench.FENCE))
        .extracting(ProblemException::problem)
        .isInstanceOfSatisfying(
            NotReadyInTime.class,
            problem -> assertThat(problem.lastSeen()).contains("status 503 from /ready"));
    assertThat(platform.instances()).isEmpty();
    assertThat(bench.pid("basic@2026.11-1") + bench.pid("basic@2026.11-2")).isZero();
  }

  @Test
  void a_changed_file_starts_nothing() throws Exception {
    Files.writeString(folder.resolve("app.jar"), "other bytes");
    List<ArtifactFile> files = List.of(new ArtifactFile("app.jar", "00".repeat(32)));

    ArtifactChanged problem =
        problem(
            ArtifactChanged.class, bench.spec("2026.11", 1, files, Bench.sampleCommand("well")));

    assertThat(problem.file()).isEqualTo("app.jar");
    assertThat(bench.platform().instances()).isEmpty();
  }

  @Test
  void a_placeholder_that_does_not_exist_starts_nothing() {
    ArmSpec spec = bench.spec("2026.11", 1, List.of(), List.of("{java}", "--port={port}"));

    assertThat(problem(ProcessProblem.UnknownPlaceholder.class, spec).argument())
        .isEqualTo("--port={port}");
    assertThat(bench.platform().instances()).isEmpty();
  }

  @Test
  void i4_a_stale_control_plane_can_neither_start_nor_stop() {
    ProcessPlatform old = bench.platform();
    old.ensure(bench.spec(1, "well"), Bench.FENCE);
    bench.platform().ensure(bench.spec(1, "well"), new Fence(8));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> old.stop(Bench.arm("2026.11"), Bench.FENCE))
        .extracting(ProblemException::problem)
        .isInstanceOf(StaleController.class);
    problem(StaleController.class, bench.spec(2, "well"));
    assertThat(old.instances()).extracting(Instance::state).containsExactly(State.READY);
  }

  @Test
  void an_instance_that_does_not_end_by_itself_is_ended_by_force() {
    ProcessPlatform platform =
        new ProcessPlatform(
            bench.settings(Duration.ofSeconds(20), Duration.ofMillis(500)), Bench::access);
    platform.ensure(bench.spec(1, "hard-to-end"), Bench.FENCE);

    platform.stop(Bench.arm("2026.11"), Bench.FENCE);

    assertThat(bench.pid("basic@2026.11-1")).isZero();
    assertThat(folder.resolve("data/logs/basic@2026.11-1.log")).exists();
    platform.stop(Bench.arm("2026.11"), Bench.FENCE);
  }

  @Test
  void a_surplus_instance_is_announced_before_it_is_ended() {
    ProcessPlatform platform = bench.platform();
    platform.ensure(bench.spec(2, "well"), Bench.FENCE);

    assertThat(platform.ensure(bench.spec(1, "well"), Bench.FENCE)).hasSize(1);
    assertThat(platform.instances()).hasSize(2);
    assertThat(platform.ensure(bench.spec(1, "well"), Bench.FENCE)).hasSize(1);
    assertThat(platform.instances()).extracting(Instance::id).containsExactly("basic@2026.11-1");
  }

  @Test
  void stopping_one_arm_leaves_the_other() {
    ProcessPlatform platform = bench.platform();
    platform.ensure(bench.spec(1, "well"), Bench.FENCE);
    platform.ensure(bench.spec("2026.10", 1, List.of(), Bench.sampleCommand("well")), Bench.FENCE);

    platform.stop(Bench.arm("2026.11"), Bench.FENCE);

    assertThat(platform.instances())
        .extracting(Instance::arm)
        .containsExactly(Bench.arm("2026.10"));
  }

  @Test
  void an_interrupted_start_is_left_to_be_adopted() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread starter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                bench.platform().ensure(bench.spec(1, "never-ready"), Bench.FENCE);
              } catch (CancellationException e) {
                thrown.set(e);
              }
            });
    await().atMost(SOON).until(() -> log("basic@2026.11-1").contains("serves on"));
    long pid = bench.pid("basic@2026.11-1");
    starter.interrupt();
    starter.join(SOON);

    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    assertThat(bench.pid("basic@2026.11-1")).isEqualTo(pid).isNotZero();
    assertThat(bench.platform().instances())
        .extracting(Instance::state)
        .containsExactly(State.STARTING);
  }

  @Test
  void a_data_folder_that_cannot_be_made_is_named() throws Exception {
    Files.writeString(bench.data(), "a file");

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> bench.platform())
        .extracting(ProblemException::problem)
        .isInstanceOf(ProcessProblem.DataFolderUnusable.class);
    Files.delete(bench.data());
  }

  private <P extends Problem> P problem(Class<P> type, ArmSpec spec) {
    AtomicReference<Problem> problem = new AtomicReference<>();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> bench.platform().ensure(spec, Bench.FENCE))
        .satisfies(thrown -> problem.set(thrown.problem()));
    assertThat(problem.get()).isInstanceOf(type);
    return type.cast(problem.get());
  }

  private int killedControlPlane(String point) throws Exception {
    Process controlPlane =
        new ProcessBuilder(
                Bench.JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingControlPlane.class.getName(),
                folder.toString(),
                point)
            .inheritIO()
            .start();
    return controlPlane.waitFor();
  }

  private void kill(String id) {
    ProcessHandle process = ProcessHandle.of(bench.pid(id)).orElseThrow();
    process.destroyForcibly();
    await().atMost(SOON).until(() -> bench.pid(id) == 0);
  }

  private String log(String id) throws IOException {
    Path log = bench.instanceFile(id).resolveSibling("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String commandLine(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
  }
}
