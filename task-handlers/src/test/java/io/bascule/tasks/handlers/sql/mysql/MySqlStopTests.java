package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.TestMariaDb;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stopping a statement where the second connection is answered a byte at a time: a task's place at the worker is not held by it. */
@Timeout(60)
class MySqlStopTests {

    private static final int MILLIS_BETWEEN = 100;

    private final TestMariaDb database = TestMariaDb.running();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch trickled = new CountDownLatch(2);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private ServerSocket front;

    @BeforeEach
    void listen() throws IOException {
        front = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        pace.shutdownNow();
        front.close();
    }

    @Test
    void aServerThatTricklesIsLeftAtTheDeadline() throws Exception {
        var handler = new SqlQueryHandler(
                DirectTunnels.to("mysql", front.getLocalPort()), List.of(new MySqlServer()), Duration.ofSeconds(2));
        TaskOnPaper task = MySqlTasks.paper(MySqlTasks.input("select sleep(20)").put("timeoutSeconds", 900));
        var ended = new CompletableFuture<Throwable>();
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                handler.run(task);
            } catch (TaskFailure | InterruptedException end) {
                ended.complete(end);
            }
        });
        begun.get(20, TimeUnit.SECONDS);

        running.interrupt();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(trickled.getCount()).as("bytes that were still to come").isZero();
        assertThat(left).as("the second connection's end").succeedsWithin(Duration.ofSeconds(10));
        assertThat(task.said()).last().asString().contains("could not be asked within 2 s");
    }

    /** The first connection is the real server's, the second a greeting without end. */
    private void serve() {
        try (Socket first = front.accept();
                Socket real = new Socket(InetAddress.getLoopbackAddress(), database.port())) {
            Thread.ofVirtual().start(() -> pass(real, first));
            Thread.ofVirtual().start(() -> watch(first, real));
            try (Socket second = front.accept()) {
                second.getOutputStream().write(new byte[] {0, 0, 1, 0});
                var _ = pace.scheduleAtFixedRate(() -> trickle(second), 0, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
                second.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            left.complete(null);
        } catch (IOException gone) {
            left.complete(null);
        }
    }

    private void trickle(Socket second) {
        try {
            second.getOutputStream().write(1);
            trickled.countDown();
        } catch (IOException gone) {
            left.complete(null);
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // Its end is the test's.
        }
    }

    /** Says when the statement has gone to the server, after all that is before it. */
    private void watch(Socket from, Socket to) {
        byte[] some = new byte[8192];
        try {
            for (int read = from.getInputStream().read(some);
                    read >= 0;
                    read = from.getInputStream().read(some)) {
                to.getOutputStream().write(some, 0, read);
                if (new String(some, 0, read, StandardCharsets.ISO_8859_1).contains("execute bascule")) {
                    begun.complete(null);
                }
            }
        } catch (IOException gone) {
            // Its end is the test's.
        }
    }
}
