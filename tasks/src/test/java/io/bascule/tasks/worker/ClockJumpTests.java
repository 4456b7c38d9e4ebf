package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.upkeep.Reaper;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The clock of a worker's machine is set anew while tasks run. Leases are the database's; the rest goes on at an even pace. */
@Timeout(120)
class ClockJumpTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final SettableClock clock = new SettableClock(Instant.now());
    private final BlockingQueue<UUID> started = new LinkedBlockingQueue<>();
    private final Map<UUID, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<UUID, Duration> remaining = new ConcurrentHashMap<>();
    private final TaskWorker worker = new TaskWorker(
            WorkerSettings.instant("worker-1", 4),
            List.of(new Gated()),
            new TaskWorker.Engine(new JdbcTemplate(store.pool()), store.signals(), store.lifecycle(), clock),
            WorkerListener.NONE);

    @AfterEach
    void close() throws Exception {
        gates.values().forEach(CountDownLatch::countDown);
        worker.stop(Duration.ofSeconds(5));
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, 10})
    void aTaskThatRunsKeepsItsLeaseItsTimeAndItsRetries(int minutes) throws Exception {
        UUID id = start();
        clock.advance(Duration.ofMinutes(minutes));
        store.letTurnsBeDue();
        new Reaper(store.database(), store.transaction(), store.lifecycle(), store.signals(), TaskStore.LEASE).step();
        open(id);

        Await.until(() -> store.count("task_live where state <> 'running'") == 1);

        assertThat(store.state(id)).isEqualTo(TaskState.RETRYING);
        assertThat(store.count("task_live where attempt = 1 and losses = 0 and failures = 1"))
                .isOne();
        assertThat(remaining.get(id)).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5));
    }

    /** The first to end makes it look at the time that is left. */
    @Test
    void whatRunsKeepsItsGraceWhileTheWorkerStops() throws Exception {
        UUID first = start();
        UUID second = start();
        Thread stopping = Thread.ofVirtual().start(() -> stopWithin(Duration.ofMinutes(5)));
        clock.advance(Duration.ofMinutes(10));
        open(first);
        Await.until(() -> store.count("task_live where state = 'running'") == 1);
        open(second);
        stopping.join();

        assertThat(store.count("task_live where state = 'retrying' and failures = 1"))
                .isEqualTo(2);
    }

    private UUID start() throws InterruptedException {
        worker.start();
        UUID submitted = store.submit(store.task(acme)
                .failures(3)
                .deadline(Instant.now().plus(Duration.ofMinutes(5)))
                .build());
        store.signals().wake(Lane.INSTANT);
        assertThat(started.poll(60, TimeUnit.SECONDS)).isEqualTo(submitted);
        return submitted;
    }

    private void open(UUID task) {
        Objects.requireNonNull(gates.get(task)).countDown();
    }

    private void stopWithin(Duration grace) {
        try {
            worker.stop(grace);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its gate, and fails. */
    private final class Gated implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) throws Exception {
            CountDownLatch gate = gates.computeIfAbsent(context.task(), _ -> new CountDownLatch(1));
            started.add(context.task());
            gate.await();
            remaining.put(context.task(), context.remaining().orElse(Duration.ZERO));
            throw TaskFailure.retryable("scripted", "after the jump");
        }
    }
}
