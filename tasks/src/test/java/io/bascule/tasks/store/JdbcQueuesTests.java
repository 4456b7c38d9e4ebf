package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.NoQueue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdbcQueuesTests {

    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final JdbcQueues queues = new JdbcQueues(store.database());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aQueueTellsWhatItHoldsAndNothingOfOthers() {
        assertThat(queues.create(acme, "mail", 2, 1)).isTrue();
        queues.create(acme, "other", 1, 1);
        UUID elsewhere = store.workspace("elsewhere");
        queues.create(elsewhere, "mail", 1, 1);
        store.submit(store.task(elsewhere).inQueue("mail").build());
        store.submit(store.task(acme).inQueue("other").build());
        IntStream.range(0, 5).forEach(_ -> submit("mail"));
        store.submit(store.task(acme).inQueue("mail").runAt(LATER).build());
        store.submit(store.task(acme).runAt(LATER).build());
        store.claim(Lane.QUEUED, "w", 10);

        Queue mail = queues.find(acme, "mail").orElseThrow();
        assertThat(mail.ready()).isEqualTo(3);
        assertThat(mail.running()).isEqualTo(2);
        assertThat(mail.delayed()).isEqualTo(1);
        assertThat(mail.oldestReadyAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(mail.paused()).isFalse();
        assertThat(queues.list(acme, "", 10)).extracting(Queue::name).containsExactly("mail", "other");
        assertThat(queues.list(acme, "mail", 10)).extracting(Queue::name).containsExactly("other");
        assertThat(queues.find(acme, "nowhere")).isEmpty();
    }

    @Test
    void moreThanAreCountedAreToldAsOneMore() {
        queues.create(acme, "mail", 1, 1);
        store.database().sql("""
                        insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                            backoff_millis, labels, input, submitted_by, submitted_by_name)
                        select gen_random_uuid(), ?, 'queued', 'mail', 'echo', case n %% 3 when 0 then 'waiting' else 'scheduled' end,
                            0, now(), 1, 0, '{}', '{}', gen_random_uuid(), 'ada'
                        from generate_series(1, 3 * %d) n""".formatted(JdbcQueues.COUNTED)).param(acme).update();

        assertThat(queues.find(acme, "mail").orElseThrow().ready()).isEqualTo(JdbcQueues.COUNTED);
        assertThat(queues.find(acme, "mail").orElseThrow().delayed()).isEqualTo(JdbcQueues.COUNTED + 1);
    }

    @Test
    void theOldestOfAnyPriorityIsTheOldest() {
        queues.create(acme, "mail", 1, 1);
        Instant first = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        for (int priority : List.of(7, 0, -3, 2)) {
            submit(priority, first.plusSeconds(60));
            submit(priority, first.plusSeconds(30 + priority));
        }
        submit(-9, first);

        assertThat(queues.find(acme, "mail").orElseThrow().oldestReadyAt()).isEqualTo(first);
    }

    private void submit(int priority, Instant runAt) {
        store.submit(
                store.task(acme).inQueue("mail").priority(priority).runAt(runAt).build());
    }

    @Test
    void aNameIsTakenOnceInItsWorkspace() {
        queues.create(acme, "mail", 2, 1);

        assertThat(queues.create(acme, "mail", 7, 1)).isFalse();
        assertThat(queues.find(acme, "mail").orElseThrow().concurrencyLimit()).isEqualTo(2);
    }

    @Test
    void everyChangeOfTheSettingsIsANewRevisionAndRunningTasksAreNone() {
        queues.create(acme, "mail", 2, 1);
        submit("mail");
        store.claim(Lane.QUEUED, "w", 1);
        assertThat(revision()).isZero();

        queues.limit(acme, "mail", 3, 1);
        queues.pause(acme, "mail");
        queues.resume(acme, "mail");

        assertThat(revision()).isEqualTo(3);
        Queue changed = queues.find(acme, "mail").orElseThrow();
        assertThat(changed.updatedAt()).isAfter(changed.createdAt());
    }

    @Test
    void aLimitLoweredUnderRunningTasksHoldsBackTheNextUntilEnoughHaveEnded() {
        queues.create(acme, "mail", 3, 1);
        IntStream.range(0, 5).forEach(_ -> submit("mail"));
        List<ClaimedTask> running = store.claim(Lane.QUEUED, "w", 10).tasks();
        assertThat(running).hasSize(3);

        queues.limit(acme, "mail", 1, 1);

        assertThat(queues.find(acme, "mail").orElseThrow().running()).isEqualTo(3);
        settle(running.get(0));
        settle(running.get(1));
        assertThat(store.claim(Lane.QUEUED, "w", 10).tasks()).isEmpty();
        settle(running.get(2));
        assertThat(store.claim(Lane.QUEUED, "w", 10).tasks()).hasSize(1);
    }

    @Test
    void aPauseThatWasAnsweredIsSeenByEveryClaimAfterIt() throws Exception {
        queues.create(acme, "mail", 10_000, 1);
        IntStream.range(0, 300).forEach(_ -> submit("mail"));
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(20);
        try (var claimers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 3; number++) {
                String worker = "w" + number;
                var _ = claimers.submit(() -> {
                    while (!stop.get()) {
                        store.claim(Lane.QUEUED, worker, 1).tasks().forEach(_ -> busy.countDown());
                    }
                });
            }
            try {
                assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
                nothingIsClaimedAfterAPause();
            } finally {
                stop.set(true);
            }
        }
    }

    private void nothingIsClaimedAfterAPause() {
        queues.pause(acme, "mail");
        int atThePause = store.count("task_live where state = 'running'");
        for (int look = 0; look < 20; look++) {
            assertThat(store.claim(Lane.QUEUED, "late", 5).tasks()).isEmpty();
        }
        assertThat(store.count("task_live where state = 'running'")).isEqualTo(atThePause);
    }

    @Test
    void whatNamesAMissingQueueIsNotStoredAndItsKeyIsFreeAgain() {
        NewTask homeless =
                store.task(acme).inQueue("nowhere").idempotency("k", "aa").build();
        NewTask housed = store.task(acme).build();

        assertThat(store.submissions().submit(List.of(homeless, housed)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new NoQueue("nowhere")),
                        second -> assertThat(second).isInstanceOf(Accepted.class));
        queues.create(acme, "nowhere", 1, 1);
        NewTask again =
                store.task(acme).inQueue("nowhere").idempotency("k", "aa").build();
        assertThat(store.submissions().submit(List.of(again)).getFirst()).isInstanceOf(Accepted.class);
    }

    @Test
    void noTaskIsLeftInAQueueThatIsRemovedWhileItIsAccepted() throws Exception {
        queues.create(acme, "mail", 1, 1);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch mayRemove = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> removal = threads.submit(() -> store.transaction().executeWithoutResult(_ -> {
                assertThat(queues.lockToRemove(acme, "mail").orElseThrow().isEmpty())
                        .isTrue();
                locked.countDown();
                await(mayRemove);
                queues.remove(acme, "mail");
            }));
            assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
            Future<Submission> submission = threads.submit(() -> store.submissions()
                    .submit(List.of(store.task(acme).inQueue("mail").build()))
                    .getFirst());
            untilSomebodyWaitsForALock();
            mayRemove.countDown();
            removal.get(10, TimeUnit.SECONDS);

            assertThat(submission.get(10, TimeUnit.SECONDS)).isEqualTo(new NoQueue("mail"));
        }
        assertThat(store.count("task_live")).isZero();
    }

    @Test
    void aFailedTaskIsNotRetriedIntoAQueueThatIsGone() {
        queues.create(acme, "mail", 1, 1);
        UUID id = submit("mail");
        ClaimedTask task = store.claim(Lane.QUEUED, "w", 1).tasks().getFirst();
        store.settlements()
                .settle(List.of(new Settlement(
                        id,
                        task.attempt(),
                        new Finish(TaskState.FAILED, 1, 0, new TaskError("odd", "It failed")),
                        null)));
        queues.remove(acme, "mail");

        assertThat(store.changes().retry(acme, id)).isEqualTo(new Change.NoQueue("mail"));
        assertThat(store.state(id)).isEqualTo(TaskState.FAILED);
        queues.create(acme, "mail", 1, 1);
        assertThat(store.changes().retry(acme, id)).isEqualTo(new Change.Revived(id, Lane.QUEUED));
    }

    private long revision() {
        return queues.find(acme, "mail").orElseThrow().revision();
    }

    private UUID submit(String queue) {
        return store.submit(store.task(acme).inQueue(queue).build());
    }

    private void settle(ClaimedTask task) {
        store.settlements()
                .settle(List.of(new Settlement(
                        task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null")));
    }

    private void untilSomebodyWaitsForALock() {
        while (store.count("pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") == 0) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
