package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcClaimsTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aClaimWritesLeaseAndAttempt() {
        UUID id = store.submit(store.task(acme).build());

        ClaimedTask claimed = store.claim(Lane.INSTANT, "worker-1", 5).tasks().getFirst();

        assertThat(claimed.id()).isEqualTo(id);
        assertThat(claimed.attempt()).isEqualTo(1);
        assertThat(claimed.input()).isEqualTo("{\"message\":\"hello\"}");
        assertThat(store.count("""
                        task_live where state = 'running' and worker = 'worker-1'
                        and lease_until between clock_timestamp() + interval '8 s' and clock_timestamp() + interval '10 s'
                        """)).isOne();
        assertThat(store.claim(Lane.INSTANT, "worker-2", 5).tasks()).isEmpty();
    }

    @Test
    void tasksComeByPriorityThenRunAtThenId() {
        NewTask low = store.task(acme).build();
        NewTask lowLater = store.task(acme).build();
        NewTask high = store.task(acme).priority(5).build();
        NewTask early = store.task(acme)
                .runAt(Instant.parse("2020-01-01T00:00:00Z"))
                .deadline(Instant.parse("2099-01-01T00:00:00Z"))
                .build();
        store.submissions().submit(List.of(lowLater, low, high, early));

        assertThat(IntStream.range(0, 4)
                        .mapToObj(_ -> store.claim(Lane.INSTANT, "w", 1)
                                .tasks()
                                .getFirst()
                                .id()))
                .containsExactly(high.id(), early.id(), low.id(), lowLater.id());
    }

    @Test
    void noMoreIsClaimedThanThereIsRoomFor() {
        store.submit(10, acme);
        store.submit(10, store.workspace("other"));
        store.submit(10, store.workspace("third"));

        assertThat(store.claim(Lane.INSTANT, "w", 7).tasks()).hasSize(7);
    }

    @Test
    void aLoneTaskOfOneWorkspaceDoesNotWaitBehindTheCrowdOfAnother() {
        store.submit(2_000, acme);
        UUID other = store.workspace("other");
        UUID lone = store.submit(store.task(other).build());

        assertThat(store.claim(Lane.INSTANT, "w", 4).tasks())
                .extracting(ClaimedTask::id)
                .contains(lone);
    }

    @Test
    void workspacesTakeTurns() {
        List<UUID> workspaces = IntStream.range(0, 5)
                .mapToObj(number -> store.workspace("tenant-" + number))
                .toList();
        workspaces.forEach(workspace -> store.submit(20, workspace));
        Map<UUID, Integer> served = new HashMap<>();
        Tour tour = ClaimRequest.FROM_THE_START;
        for (int round = 0; round < 50; round++) {
            Claimed claimed = store.claims()
                    .claim(new ClaimRequest(Lane.INSTANT, "w", TaskStore.LEASE, 1, 1, Map.of(), tour, Map.of()));
            claimed.tasks().forEach(task -> served.merge(task.workspace(), 1, Integer::sum));
            tour = claimed.tour();
        }

        assertThat(served).hasSize(5).allSatisfy((_, times) -> assertThat(times).isEqualTo(10));
    }

    @Test
    void aWorkspaceGetsNoMoreThanItsShareOfAWorker() {
        store.submit(20, acme);
        var request = new ClaimRequest(
                Lane.INSTANT, "w", TaskStore.LEASE, 10, 6, Map.of(acme, 4), ClaimRequest.FROM_THE_START, Map.of());

        assertThat(store.claims().claim(request).tasks()).hasSize(2);
    }

    @Test
    void aClaimThatLeavesMoreTellsWhereTheNextMayBegin() {
        store.submit(6, acme);
        Map<UUID, Floor> floors = store.claim(Lane.INSTANT, "w", 2).floors();
        NewTask early = store.task(acme)
                .runAt(Instant.parse("2020-01-01T00:00:00Z"))
                .deadline(Instant.parse("2099-01-01T00:00:00Z"))
                .build();
        NewTask urgent = store.task(acme).priority(5).build();
        store.submissions().submit(List.of(early, urgent));

        Claimed claimed = claimFrom(floors, 3);

        assertThat(floors).containsOnlyKeys(acme);
        assertThat(ids(claimed)).hasSize(3).contains(urgent.id()).doesNotContain(early.id());
        assertThat(claimed.floors()).isEqualTo(floors);
        assertThat(ids(store.claim(Lane.INSTANT, "w", 1))).containsExactly(early.id());
    }

    @Test
    void aClaimThatLeavesNothingOfAWorkspaceTellsNoFloor() {
        store.submit(2, acme);
        store.submit(9, store.workspace("other"));

        assertThat(store.claim(Lane.INSTANT, "w", 8).floors()).isEmpty();
    }

    /** Else the later of them would go before the earlier ones. */
    @Test
    void whatIsLessUrgentThanTheFloorIsLeftToAClaimThatLooksAtAll() {
        NewTask first = store.task(acme).build();
        store.submissions().submit(List.of(first));
        for (int number = 0; number < 4; number++) {
            store.submit(store.task(acme).priority(5).build());
        }
        store.submit(store.task(acme).build());

        Map<UUID, Floor> floors = store.claim(Lane.INSTANT, "w", 2).floors();
        Claimed claimed = claimFrom(floors, 4);

        assertThat(claimed.tasks()).hasSize(2);
        assertThat(claimed.floors()).isEmpty();
        assertThat(claimed.more()).isTrue();
        assertThat(ids(store.claim(Lane.INSTANT, "w", 1))).containsExactly(first.id());
    }

    @Test
    void aTaskPastItsDeadlineIsNotStarted() {
        store.submit(
                store.task(acme).deadline(Instant.parse("2020-01-01T00:00:00Z")).build());

        assertThat(store.claim(Lane.INSTANT, "w", 5).tasks()).isEmpty();
    }

    @Test
    void aQueueGivesNoMoreThanItsLimitAndNothingWhilePaused() {
        store.queue(acme, "two", 2);
        store.queue(acme, "paused", 5);
        store.database()
                .sql("update queues set paused_at = now() where name = 'paused'")
                .update();
        for (int number = 0; number < 5; number++) {
            store.submit(store.task(acme).inQueue("two").build());
            store.submit(store.task(acme).inQueue("paused").build());
        }

        List<ClaimedTask> claimed = store.claim(Lane.QUEUED, "w", 10).tasks();
        assertThat(claimed)
                .hasSize(2)
                .allSatisfy(task -> assertThat(task.queue()).isEqualTo("two"));
        assertThat(store.claim(Lane.QUEUED, "w", 10).tasks()).isEmpty();

        store.settlements().settle(List.of(succeeded(claimed.getFirst())));
        assertThat(store.claim(Lane.QUEUED, "w", 10).tasks()).hasSize(1);
    }

    @Test
    void aLoweredLimitHoldsFromTheNextClaim() {
        store.queue(acme, "q", 3);
        IntStream.range(0, 6)
                .forEach(_ -> store.submit(store.task(acme).inQueue("q").build()));
        List<ClaimedTask> running = store.claim(Lane.QUEUED, "w", 10).tasks();
        store.database()
                .sql("update queues set concurrency_limit = 1 where name = 'q'")
                .update();

        store.settlements().settle(List.of(succeeded(running.get(0)), succeeded(running.get(1))));

        assertThat(store.claim(Lane.QUEUED, "w", 10).tasks()).isEmpty();
    }

    /** Six claimers on four queues with small limits, settling as they go: the counters and the tables must agree. */
    @Test
    void limitsHoldUnderParallelClaimsAndEveryTaskRunsOnce() throws Exception {
        Map<String, Integer> limits = Map.of("one", 1, "two", 2, "three", 3, "five", 5);
        limits.forEach((queue, limit) -> store.queue(acme, queue, limit));
        int each = 60;
        store.submissions()
                .submit(limits.keySet().stream()
                        .flatMap(queue -> IntStream.range(0, each)
                                .mapToObj(_ -> store.task(acme).inQueue(queue).build()))
                        .toList());
        Map<UUID, Integer> runs = new ConcurrentHashMap<>();
        AtomicInteger breaches = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(each * limits.size());
        List<Future<?>> work = new ArrayList<>();

        try (var claimers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int claimer = 0; claimer < 6; claimer++) {
                String worker = "w" + claimer;
                work.add(claimers.submit(() -> {
                    while (left.get() > 0) {
                        List<ClaimedTask> tasks = claimOrEnd(worker, left);
                        tasks.forEach(task -> runs.merge(task.id(), 1, Integer::sum));
                        breaches.addAndGet(queuesOutOfBounds());
                        left.addAndGet(-tasks.size());
                        store.settlements()
                                .settle(tasks.stream()
                                        .map(JdbcClaimsTests::succeeded)
                                        .toList());
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }

        assertThat(breaches).hasValue(0);
        assertThat(runs)
                .hasSize(each * limits.size())
                .allSatisfy((_, times) -> assertThat(times).isOne());
        assertThat(store.count("queues where running <> 0")).isZero();
        assertThat(store.count("task_history where state = 'succeeded'")).isEqualTo(each * limits.size());
    }

    /** A claim that fails ends the others as well, which would wait for its tasks. */
    private List<ClaimedTask> claimOrEnd(String worker, AtomicInteger left) {
        try {
            return store.claim(Lane.QUEUED, worker, 3).tasks();
        } catch (RuntimeException failure) {
            left.set(0);
            throw failure;
        }
    }

    /** Queues that run more than they may, or whose counter differs from what runs. */
    private int queuesOutOfBounds() {
        return store.count("""
                (select q.name from queues q left join task_live t
                    on t.workspace_id = q.workspace_id and t.queue = q.name and t.state = 'running'
                group by q.workspace_id, q.name, q.concurrency_limit, q.running
                having count(t.id) > q.concurrency_limit or count(t.id) <> q.running) as wrong""");
    }

    private static Settlement succeeded(ClaimedTask task) {
        return new Settlement(task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), "null");
    }

    private Claimed claimFrom(Map<UUID, Floor> floors, int room) {
        return store.claims()
                .claim(new ClaimRequest(
                        Lane.INSTANT, "w", TaskStore.LEASE, room, room, Map.of(), ClaimRequest.FROM_THE_START, floors));
    }

    private static List<UUID> ids(Claimed claimed) {
        return claimed.tasks().stream().map(ClaimedTask::id).toList();
    }
}
