package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.JdbcRounds.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queued worker settles and claims in one transaction, which after its settlements waits for nobody. */
@Timeout(120)
class QueuedRoundsTests {

    private static final String RUNNING = "select 1 from task_live where state = 'running'";
    private static final Finish SUCCEEDED = new Finish(TaskState.SUCCEEDED, 0, 0, null);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final JdbcRounds rounds = new JdbcRounds(store.engine().database());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theEndOfATaskMakesRoomForTheNextOfItsQueueInTheSameRound() {
        List<UUID> ids = fill("q", 1, 2);
        ClaimedTask first = claim(ClaimRequest.FROM_THE_START).getFirst();

        Round round = round(first);

        assertThat(claimed(round).tasks()).extracting(ClaimedTask::id).containsExactly(ids.getLast());
        assertThat(store.count("queues where running = 1")).isOne();
        assertThat(store.count("""
                        (select distinct xid from outbox_events
                        where type = 'io.bascule.task.finished' or type = 'io.bascule.task.started' and subject = '%s') x
                        """.formatted(ids.getLast()))).isOne();
    }

    @Test
    void aKeyThatAnEndPassesOnLetsTheNextOfItsHoldersBeginInTheSameRound() {
        store.queue(acme, "q", 2);
        List<UUID> ids = IntStream.range(0, 2)
                .mapToObj(_ ->
                        store.submit(store.task(acme).inQueue("q").key("alone").build()))
                .toList();
        ClaimedTask first = claim(ClaimRequest.FROM_THE_START).getFirst();

        assertThat(claimed(round(first)).tasks()).extracting(ClaimedTask::id).containsExactly(ids.getLast());
    }

    @Test
    void aQueueThatAnotherHoldsIsPassedOverAndTheNextClaimWaitsForIt() {
        fill("a", 1, 1);
        ClaimedTask first = claim(ClaimRequest.FROM_THE_START).getFirst();
        fill("b", 1, 1);

        assertPassedOverAndWaitedForNext("select 1 from queues where name = 'b' for update", first);
    }

    @Test
    void aQuotaThatAnotherHoldsIsPassedOverAndTheNextClaimWaitsForIt() {
        fill("a", 1, 1);
        ClaimedTask first = claim(ClaimRequest.FROM_THE_START).getFirst();
        fill("b", 1, 1);
        new JdbcQuotas(store.database()).set(acme, 5);

        assertPassedOverAndWaitedForNext("select 1 from workspace_quotas for update", first);
    }

    /** A deadlock would throw here. */
    @Test
    void manyWorkersInFewQueuesWithAQuotaNeverWaitForEachOtherInACircle() throws Exception {
        for (int queue = 0; queue < 4; queue++) {
            fill("q" + queue, 2, 40);
        }
        new JdbcQuotas(store.database()).set(acme, 5);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                workers.add(threads.submit(this::workUntilNothingIsLeft));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }

        assertThat(store.count("task_history where state = 'succeeded'")).isEqualTo(160);
        assertThat(store.count("queues where running > 0")).isZero();
    }

    private void workUntilNothingIsLeft() {
        Tour tour = Tour.behind(UUID.randomUUID());
        List<ClaimedTask> mine = List.of();
        while (!mine.isEmpty() || store.count("task_live") > 0) {
            List<Settlement> ends = mine.stream().map(QueuedRoundsTests::settle).toList();
            Claimed next = claimed(rounds.make(ends, request(ends.isEmpty() ? tour : tour.impatient())));
            tour = next.tour();
            mine = next.tasks();
            assertThat(store.count("(%s group by queue having count(*) > 2) x".formatted(RUNNING)))
                    .isZero();
            assertThat(store.count("(%s having count(*) > 5) x".formatted(RUNNING)))
                    .isZero();
        }
    }

    private void assertPassedOverAndWaitedForNext(String row, ClaimedTask ended) {
        Claimed passedOver = claimed(whileHeld(row, ended));

        assertThat(passedOver.tasks()).isEmpty();
        assertThat(passedOver.more()).isTrue();
        assertThat(passedOver.tour().patient()).isTrue();
        assertThat(claim(passedOver.tour())).hasSize(1);
    }

    /** Another thread has another connection. */
    private Round whileHeld(String row, ClaimedTask ended) {
        return Objects.requireNonNull(store.transaction().execute(_ -> {
            assertThat(store.database().sql(row).query(Integer.class).list()).hasSize(1);
            return CompletableFuture.supplyAsync(() -> round(ended), Thread::startVirtualThread)
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        }));
    }

    private Round round(ClaimedTask ended) {
        return rounds.make(List.of(settle(ended)), request(ClaimRequest.FROM_THE_START));
    }

    private List<ClaimedTask> claim(Tour tour) {
        return claimed(rounds.make(List.of(), request(tour))).tasks();
    }

    private static Claimed claimed(Round round) {
        return Objects.requireNonNull(round.claimed());
    }

    private List<UUID> fill(String queue, int limit, int tasks) {
        store.queue(acme, queue, limit);
        return IntStream.range(0, tasks)
                .mapToObj(_ -> store.submit(store.task(acme).inQueue(queue).build()))
                .toList();
    }

    private static ClaimRequest request(Tour tour) {
        return new ClaimRequest(Lane.QUEUED, "worker-1", TaskStore.LEASE, 1, 1, Map.of(), tour, Map.of());
    }

    private static Settlement settle(ClaimedTask task) {
        return new Settlement(task.id(), task.attempt(), SUCCEEDED, null);
    }
}
