package tranche.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tranche.postgres.testing.PostgresForTests;

class SynchronousCloseTest {
  private static final int TIMES = 100;

  @Test
  void the_server_has_forgotten_a_connection_when_it_is_closed() throws SQLException {
    var address = PostgresForTests.address();
    String url = address.jdbcUrl("postgres");
    try (Connection watcher =
            DriverManager.getConnection(url, address.user(), address.password().reveal());
        Statement statement = watcher.createStatement()) {
      for (int i = 0; i < TIMES; i++) {
        open().close();
        try (ResultSet left =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'closed'")) {
          assertThat(left.next()).isTrue();
          assertThat(left.getInt(1)).as("after closing number %d", i + 1).isZero();
        }
      }
    }
  }

  @Test
  void a_server_that_says_nothing_any_more_is_not_waited_for_long() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket socket = new SynchronousClose().createSocket();
      socket.connect(new InetSocketAddress(mute.getInetAddress(), mute.getLocalPort()), 1_000);
      long start = System.nanoTime();
      socket.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void a_connection_on_which_somebody_reads_is_cut_at_once() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket socket = new SynchronousClose().createSocket();
      socket.connect(new InetSocketAddress(mute.getInetAddress(), mute.getLocalPort()), 1_000);
      Thread reader =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  assertThat(socket.getInputStream().read()).isNegative();
                } catch (IOException e) {
                  assertThat(e).hasMessageContaining("closed");
                }
              });
      await().until(() -> reader.getState() == Thread.State.RUNNABLE && isReading(reader));
      socket.close();
      assertThat(reader.join(Duration.ofSeconds(5))).as("the reader has ended").isTrue();
    }
  }

  private static boolean isReading(Thread thread) {
    for (StackTraceElement element : thread.getStackTrace()) {
      if (element.getMethodName().equals("implRead")) {
        return true;
      }
    }
    return false;
  }

  private static Connection open() throws SQLException {
    var address = PostgresForTests.address();
    var server = new Server(address.host(), address.port(), SslMode.DISABLE);
    var login = new Login(address.user(), Optional.of(address.password()));
    return Connector.openPlain(
        new DatabaseAddress(server, "postgres"), login, Duration.ofSeconds(10), "closed");
  }
}
