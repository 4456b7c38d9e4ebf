package io.bascule.tasks.gauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.gauge.TaskTotals.Count;
import io.bascule.tasks.gauge.TaskTotals.Distribution;
import io.bascule.tasks.store.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CountTaskEventsTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final CountTaskEvents count = new CountTaskEvents(store.database(), store.transaction());
    private final JdbcTaskTotals totals = new JdbcTaskTotals(store.database());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyEndIsCountedUnderItsLaneTypeAndOutcome() {
        store.queue(acme, "q", 5);
        store.submit(store.task(acme).build());
        store.submit(store.task(acme).inQueue("q").type("http.request").build());
        UUID cancelled = store.submit(store.task(acme).inQueue("q").build());
        store.changes().cancel(acme, cancelled);
        end(store.claim(Lane.INSTANT, "w", 1).tasks(), TaskState.SUCCEEDED);
        end(store.claim(Lane.QUEUED, "w", 1).tasks(), TaskState.FAILED);

        count.step();

        assertThat(totals.read().accepted())
                .containsExactlyInAnyOrder(
                        new Count("instant", "echo", "", 1),
                        new Count("queued", "echo", "", 1),
                        new Count("queued", "http.request", "", 1));
        assertThat(totals.read().started())
                .containsExactlyInAnyOrder(
                        new Count("instant", "echo", "", 1), new Count("queued", "http.request", "", 1));
        assertThat(totals.read().finished())
                .containsExactlyInAnyOrder(
                        new Count("instant", "echo", "succeeded", 1),
                        new Count("queued", "http.request", "failed", 1),
                        new Count("queued", "echo", "cancelled", 1));
        assertThat(totals.read().runs())
                .hasSize(2)
                .allSatisfy(runs -> assertThat(number(runs)).isOne());
    }

    @Test
    void anAttemptThatIsPutOffCountsAsARunButNotAsAnEnd() {
        store.submit(store.task(acme).build());
        ClaimedTask task = store.claim(Lane.INSTANT, "w", 1).tasks().getFirst();
        store.settlements()
                .settle(List.of(new Settlement(
                        task.id(), task.attempt(), new Postpone(TaskState.WAITING, Duration.ZERO, 0, 0, null), null)));
        end(store.claim(Lane.INSTANT, "w", 1).tasks(), TaskState.SUCCEEDED);

        count.step();

        assertThat(totals.read().started()).containsExactly(new Count("instant", "echo", "", 2));
        assertThat(totals.read().finished()).containsExactly(new Count("instant", "echo", "succeeded", 1));
        assertThat(number(totals.read().runs().getFirst())).isEqualTo(2);
    }

    @Test
    void aTaskThatIsRetriedByHandIsAcceptedOnceMore() {
        UUID id = store.submit(store.task(acme).build());
        end(store.claim(Lane.INSTANT, "w", 1).tasks(), TaskState.FAILED);
        store.changes().retry(acme, id);

        count.step();

        assertThat(totals.read().accepted()).containsExactly(new Count("instant", "echo", "", 2));
        assertThat(totals.read().finished()).containsExactly(new Count("instant", "echo", "failed", 1));
    }

    @Test
    void timesFallIntoTheBucketsOfTheirBoundsAndTheSumIsTheirs() {
        List.of(0, 5, 6, 1_000, 1_001, 3_600_000, 4_000_000).forEach(this::ran);

        count.step();

        Distribution runs = totals.read().runs().getFirst();
        assertThat(numberUpTo(runs, 0.005)).isEqualTo(2);
        assertThat(numberUpTo(runs, 0.01)).isEqualTo(3);
        assertThat(numberUpTo(runs, 1.0)).isEqualTo(4);
        assertThat(numberUpTo(runs, 2.5)).isEqualTo(5);
        assertThat(numberUpTo(runs, 3600.0)).isEqualTo(6);
        assertThat(number(runs)).isEqualTo(7);
        assertThat(runs.seconds()).isCloseTo(7602.012, within(0.0001));
    }

    @Test
    void eachOfThoseThatARowTellsOfIsCounted() {
        store.submit(7, acme);
        store.submit(store.task(acme).type("http.request").build());
        List<ClaimedTask> tasks = store.claim(Lane.INSTANT, "w", 8).tasks();
        store.settlements()
                .settle(tasks.stream()
                        .map(task -> new Settlement(
                                task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null"))
                        .toList());
        assertThat(store.count("event_outbox where type = 'io.bascule.task.finished'"))
                .isEqualTo(2);

        assertThat(count.step()).isEqualTo(24);

        assertThat(totals.read().finished())
                .containsExactlyInAnyOrder(
                        new Count("instant", "echo", "succeeded", 7),
                        new Count("instant", "http.request", "succeeded", 1));
        assertThat(totals.read().started())
                .containsExactlyInAnyOrder(
                        new Count("instant", "echo", "", 7), new Count("instant", "http.request", "", 1));
        assertThat(totals.read().runs().stream()
                        .mapToLong(CountTaskEventsTests::number)
                        .sum())
                .isEqualTo(8);
        assertThat(totals.read().waits().stream()
                        .mapToLong(CountTaskEventsTests::number)
                        .sum())
                .isEqualTo(8);
    }

    @Test
    void whenThatIsAskedForEachEventHasARowAsTheReleaseBeforeWroteIt() {
        oneByOne(true);
        store.submit(3, acme);
        List<ClaimedTask> tasks = store.claim(Lane.INSTANT, "w", 3).tasks();
        assertThat(store.count("event_outbox where subject is not null and number = 1 and subjects is null"))
                .isEqualTo(6);
        assertThat(store.count("event_outbox where type = 'io.bascule.task.started' and data ->> 'worker' = 'w'"
                        + " and data ->> 'attempt' = '1' and (data ->> 'waitMillis')::bigint >= 0"))
                .isEqualTo(3);
        oneByOne(false);
        tasks.forEach(task -> end(List.of(task), TaskState.SUCCEEDED));
        assertThat(store.count("event_outbox where subject is null")).isEqualTo(3);

        assertThat(count.step()).isEqualTo(9);
    }

    private void oneByOne(boolean wanted) {
        store.database().sql("select events_one_by_one(?)").param(wanted).query(_ -> {});
    }

    @Test
    void whatIsCountedOnceIsNotCountedAgain() {
        store.submit(3, acme);
        assertThat(count.step()).isEqualTo(3);
        assertThat(count.step()).isZero();
        store.submit(2, acme);
        count.step();

        assertThat(totals.read().accepted()).containsExactly(new Count("instant", "echo", "", 5));
    }

    @Test
    void whatAnOpenTransactionMayStillWriteIsCountedOnceItHasCommitted() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() -> store.transaction().execute(_ -> {
                store.submit(store.task(acme).build());
                written.countDown();
                return await(mayCommit);
            }));
            assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
            store.submit(store.task(acme).build());
            count.step();
            mayCommit.countDown();
            assertThat(slow.get(60, TimeUnit.SECONDS)).isTrue();
        }
        count.step();

        assertThat(totals.read().accepted()).containsExactly(new Count("instant", "echo", "", 2));
    }

    @Test
    void severalThatCountAtOnceCountEveryEventOnce() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 4; thread++) {
                var _ = threads.submit(this::submitAndCount);
            }
        }
        count.step();

        assertThat(totals.read().accepted()).containsExactly(new Count("instant", "echo", "", 400));
    }

    @Test
    void theCursorOfAnotherClusterCountsNothingTwice() {
        store.submit(2, acme);
        count.step();
        store.database()
                .sql(
                        "update outbox_relays set system_identifier = 'elsewhere', xid = '0'::xid8, seq = 0 where name = 'totals'")
                .update();
        count.step();
        store.submit(1, acme);
        count.step();

        assertThat(totals.read().accepted()).containsExactly(new Count("instant", "echo", "", 3));
    }

    private void submitAndCount() {
        for (int round = 0; round < 20; round++) {
            store.submit(5, acme);
            count.step();
        }
    }

    private void ran(int millis) {
        store.database()
                .sql(
                        "insert into event_outbox (workspace_id, type, subject, data) values (?, ?, 'x', json_build_object("
                                + "'lane', 'instant', 'type', 'echo', 'state', 'succeeded', 'runMillis', ?))")
                .params(acme, "io.bascule.task.finished", millis)
                .update();
    }

    private void end(List<ClaimedTask> tasks, TaskState state) {
        assertThat(tasks).hasSize(1);
        TaskError error = state == TaskState.FAILED ? new TaskError("odd", "It failed") : null;
        tasks.forEach(task -> store.settlements()
                .settle(List.of(new Settlement(task.id(), task.attempt(), new Finish(state, 0, 0, error), "null"))));
    }

    private static long number(Distribution times) {
        return times.numbers().stream().mapToLong(Long::longValue).sum();
    }

    private static long numberUpTo(Distribution times, double bound) {
        int buckets = CountTaskEvents.BOUNDS.indexOf(bound) + 1;
        return times.numbers().stream()
                .limit(buckets)
                .mapToLong(Long::longValue)
                .sum();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
