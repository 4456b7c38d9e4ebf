package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.Settled.Finished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class JdbcPurgeTests {

    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final JdbcPurge purge = new JdbcPurge(store.database(), store.lifecycle());

    @BeforeEach
    void makeQueues() {
        store.queue(acme, "mail", 1);
        store.queue(acme, "other", 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void waitingScheduledAndRetryingTasksEndAsCancelledAndRunningOnesGoOn() {
        UUID retrying = submit("mail");
        ClaimedTask failed = store.claim(Lane.QUEUED, "w", 1).tasks().getFirst();
        store.settlements()
                .settle(List.of(new Settlement(
                        retrying,
                        failed.attempt(),
                        new Postpone(TaskState.RETRYING, Duration.ofHours(1), 1, 0, null),
                        null)));
        UUID running = submit("mail");
        store.claim(Lane.QUEUED, "w", 1);
        UUID waiting = store.submit(
                store.task(acme).inQueue("mail").replyTo("somebody").build());
        UUID scheduled =
                store.submit(store.task(acme).inQueue("mail").runAt(LATER).build());
        UUID elsewhere = submit("other");
        UUID instant = store.submit(store.task(acme).runAt(LATER).build());

        assertThat(purgeAll(10)).extracting(Finished::replyTo).containsExactlyInAnyOrder("somebody", null, null);

        assertThat(List.of(retrying, waiting, scheduled))
                .allSatisfy(id -> assertThat(store.state(id)).isEqualTo(TaskState.CANCELLED));
        assertThat(store.state(running)).isEqualTo(TaskState.RUNNING);
        assertThat(store.state(elsewhere)).isEqualTo(TaskState.WAITING);
        assertThat(store.state(instant)).isEqualTo(TaskState.SCHEDULED);
        assertThat(store.count("queues where running <> (case name when 'mail' then 1 else 0 end)"))
                .isZero();
        assertThat(store.count(
                        "outbox_events where type = 'io.bascule.task.finished' and data ->> 'state' = 'cancelled'"))
                .isEqualTo(3);
    }

    @Test
    void noBatchIsLargerThanAskedAndWhatIsSubmittedAfterwardsStays() {
        IntStream.range(0, 25).forEach(_ -> submit("mail"));
        Instant until = purge.now();
        UUID late = submit("mail");

        assertThat(purge.purge(acme, "mail", until, 10)).hasSize(10);
        assertThat(purge.purge(acme, "mail", until, 10)).hasSize(10);
        assertThat(purge.purge(acme, "mail", until, 10)).hasSize(5);
        assertThat(purge.purge(acme, "mail", until, 10)).isEmpty();
        assertThat(store.state(late)).isEqualTo(TaskState.WAITING);
    }

    /** Three claimers that run what they get, two purges at once: every task ends once, by one or the other. */
    @Test
    void everyTaskEndsOnceWhenItIsPurgedWhileWorkersClaim() throws Exception {
        int number = 3_000;
        store.queue(acme, "busy", 10_000);
        store.submissions()
                .submit(IntStream.range(0, number)
                        .mapToObj(_ -> store.task(acme).inQueue("busy").build())
                        .toList());
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger purged = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int claimer = 0; claimer < 3; claimer++) {
                String worker = "w" + claimer;
                var _ = threads.submit(() -> {
                    while (store.count("task_live") > 0) {
                        List<ClaimedTask> tasks =
                                store.claim(Lane.QUEUED, worker, 7).tasks();
                        ran.addAndGet(succeed(tasks));
                        tasks.forEach(_ -> busy.countDown());
                    }
                });
            }
            assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
            for (int purger = 0; purger < 2; purger++) {
                var _ = threads.submit(
                        () -> purged.addAndGet(purgeAll("busy", 50).size()));
            }
        }

        assertThat(ran.get() + purged.get()).isEqualTo(number);
        assertThat(purged).hasPositiveValue();
        assertThat(store.count("task_history where state = 'succeeded'")).isEqualTo(ran.get());
        assertThat(store.count("task_history where state = 'cancelled'")).isEqualTo(purged.get());
        assertThat(store.count("outbox_events where type = 'io.bascule.task.finished'"))
                .isEqualTo(number);
        assertThat(store.count("queues where running <> 0")).isZero();
    }

    private int succeed(List<ClaimedTask> tasks) {
        return (int) store
                .settlements()
                .settle(tasks.stream()
                        .map(task -> new Settlement(
                                task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null"))
                        .toList())
                .stream()
                .filter(Finished.class::isInstance)
                .count();
    }

    private List<Finished> purgeAll(int batch) {
        return purgeAll("mail", batch);
    }

    private List<Finished> purgeAll(String queue, int batch) {
        Instant until = purge.now();
        List<Finished> all = new ArrayList<>();
        List<Finished> some;
        do {
            some = store.transaction().execute(_ -> purge.purge(acme, queue, until, batch));
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    private UUID submit(String queue) {
        return store.submit(store.task(acme).inQueue(queue).build());
    }
}
