package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.gauge.GaugeLease;
import io.bascule.tasks.gauge.JdbcGauges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdbcQuotasTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final UUID other = store.workspace("other");
    private final JdbcQuotas quotas = new JdbcQuotas(store.database());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aWorkspaceRunsNoMoreThanItsQuotaOverAllItsQueuesAndOthersAreNotConcerned() {
        fill(acme, 3, 5);
        fill(other, 1, 5);
        quotas.set(acme, 4);

        assertThat(claim(100)).hasSize(9);
        assertThat(claim(100)).isEmpty();
        assertThat(quotas.running(acme)).isEqualTo(4);
    }

    @Test
    void whatEndsMakesRoomAndALowerQuotaStopsNobody() {
        fill(acme, 2, 5);
        quotas.set(acme, 4);
        List<ClaimedTask> running = claim(100);
        quotas.set(acme, 3);
        end(running.getFirst());
        assertThat(claim(100)).isEmpty();
        end(running.get(1));

        assertThat(claim(100)).hasSize(1);
    }

    @Test
    void withoutAQuotaOnlyTheQueuesLimit() {
        fill(acme, 2, 5);
        quotas.set(acme, 1);
        assertThat(claim(100)).hasSize(1);
        quotas.remove(acme);

        assertThat(quotas.find(acme)).isEmpty();
        assertThat(claim(100)).hasSize(9);
    }

    @Test
    void noMoreThanTheQuotaHoweverManyClaimAtOnce() throws Exception {
        fill(acme, 8, 20);
        quotas.set(acme, 7);
        var claimed = new ConcurrentLinkedQueue<ClaimedTask>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < 6; worker++) {
                all.add(threads.submit(() -> IntStream.range(0, 10).forEach(_ -> claimed.addAll(claim(3)))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(claimed).hasSize(7);
    }

    @Test
    void theRequiredWorkersAreNoMoreThanTheQuota() {
        fill(acme, 3, 5);
        fill(other, 1, 2);
        quotas.set(acme, 4);
        var lease = new GaugeLease(store.database(), "pod", Duration.ofMinutes(1), Duration.ZERO);
        lease.hold();

        assertThat(new JdbcGauges(store.database())
                        .platform(lease)
                        .orElseThrow()
                        .queuedWorkersRequired())
                .isEqualTo(6);
    }

    private void fill(UUID workspace, int queues, int tasks) {
        for (int queue = 0; queue < queues; queue++) {
            String name = "q" + queue;
            store.queue(workspace, name, 100);
            IntStream.range(0, tasks)
                    .forEach(_ ->
                            store.submit(store.task(workspace).inQueue(name).build()));
        }
    }

    private List<ClaimedTask> claim(int room) {
        return store.claim(Lane.QUEUED, "w", room).tasks();
    }

    private void end(ClaimedTask task) {
        store.transaction()
                .executeWithoutResult(_ -> store.settlements()
                        .settle(List.of(new Settlement(
                                task.id(), task.attempt(), new Finish(TaskState.SUCCEEDED, 0, 0, null), null))));
    }
}
