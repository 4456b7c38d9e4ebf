package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.JdbcLeases;
import io.bascule.tasks.store.Settlement;
import io.bascule.tasks.upkeep.DueTasks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.StringNode;

@Timeout(60)
class CheckpointTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final JdbcLeases leases = new JdbcLeases(store.database());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aHandlerGoesOnWhereTheAttemptBeforeStopped() throws Exception {
        BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
        store.signals().onFinished("test", ended::add);
        var settings = new WorkerSettings(
                "w",
                Lane.INSTANT,
                1,
                1,
                Duration.ofMillis(100),
                Duration.ofMillis(600),
                Duration.ofMillis(200),
                Duration.ZERO);
        var worker = new TaskWorker(settings, List.of(new ScriptedHandler()), store.engine(), WorkerListener.NONE);
        worker.start();
        UUID id = store.submit(store.task(acme)
                .replyTo("test")
                .failures(5)
                .input("{\"do\":\"count and fail\"}")
                .build());
        var due = new DueTasks(store.database(), store.transaction(), store.signals());
        while (ended.poll(50, TimeUnit.MILLISECONDS) == null) {
            due.step();
        }
        worker.stop(Duration.ofSeconds(5));

        Task task = store.tasks().find(acme, id).orElseThrow();
        assertThat(task.result()).isEqualTo("3");
        assertThat(task.attempt()).isEqualTo(3);
    }

    @Test
    void itOutlivesALossAndRenewsTheLease() {
        store.submit(1, acme);
        ClaimedTask lost = claim();
        store.letLeasesRunOut();
        assertThat(leases.checkpoint(lost.id(), lost.attempt(), "{\"page\":7}", TaskStore.LEASE))
                .isTrue();
        assertThat(store.count("task_live where lease_until > clock_timestamp()"))
                .isOne();
        store.transaction()
                .executeWithoutResult(_ -> store.settlements()
                        .settle(List.of(new Settlement(
                                lost.id(),
                                lost.attempt(),
                                new Postpone(TaskState.WAITING, Duration.ZERO, 0, 1, null),
                                null))));

        assertThat(claim().checkpoint()).isEqualTo("{\"page\":7}");
    }

    @Test
    void aStaleAttemptKeepsNothingAndIsStopped() {
        store.submit(1, acme);
        ClaimedTask stale = claim();
        store.database().sql("update task_live set attempt = attempt + 1").update();
        var attempt = new Attempt(
                stale,
                Clock.systemUTC(),
                store.engine().logs(),
                (id, number, state) -> leases.checkpoint(id, number, state, TaskStore.LEASE),
                TaskSecrets.NONE);

        assertThatThrownBy(() -> attempt.checkpoint(StringNode.valueOf("late"))).isInstanceOf(TaskFailure.class);
        assertThat(attempt.stopReason()).isEqualTo(StopReason.LOST);
        assertThat(store.count("task_live where checkpoint is not null")).isZero();
    }

    @Test
    void oneThatIsTooLargeIsRefusedWithItsSize() {
        store.submit(1, acme);
        var attempt =
                new Attempt(claim(), Clock.systemUTC(), store.engine().logs(), (_, _, _) -> true, TaskSecrets.NONE);

        assertThatThrownBy(() -> attempt.checkpoint(StringNode.valueOf("x".repeat(300_000))))
                .hasMessage("checkpoint: 300002 bytes (expected: at most 262144)");
    }

    private ClaimedTask claim() {
        return store.claim(Lane.INSTANT, "w", 1).tasks().getFirst();
    }
}
