package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.testsupport.Await;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Settling locks queues before concurrency keys, and everything in one order whatever ends tasks come to. */
@Timeout(60)
class SettleLockOrderTests {

    private static final Finish SUCCEEDED = new Finish(TaskState.SUCCEEDED, 0, 0, null);
    private static final Postpone LATER = new Postpone(TaskState.RETRYING, Duration.ofMinutes(1), 1, 0, null);

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aTaskThatEndsWaitsForItsQueueBeforeItTakesItsKey() throws Exception {
        ClaimedTask task = running("q", "alone");

        assertThat(keysFreeWhileWaitingForQueue("q", settle(task, SUCCEEDED))).isOne();
        assertThat(store.state(task.id())).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aTaskThatIsTriedAgainWaitsForItsQueueBeforeItTakesItsKey() throws Exception {
        ClaimedTask task = running("q", "alone");

        assertThat(keysFreeWhileWaitingForQueue("q", settle(task, LATER))).isOne();
        assertThat(store.state(task.id())).isEqualTo(TaskState.RETRYING);
    }

    /** The statement that postpones comes first; without a lock on all of them it would hold z and its key, and wait for a. */
    @Test
    void endsOfBothKindsLockTheFirstQueueFirst() throws Exception {
        ClaimedTask first = running("a", "alone");
        ClaimedTask last = running("z", "alone");

        assertThat(keysFreeWhileWaitingForQueue("a", settle(last, LATER), settle(first, SUCCEEDED)))
                .isEqualTo(2);
        assertThat(store.count("queues where running > 0")).isZero();
    }

    @Test
    void endsOfBothKindsLockTheLowestIdFirst() throws Exception {
        ClaimedTask first = running("a", "alone");
        ClaimedTask last = running("z", "alone");

        int free = whileWaitingFor(
                "select 1 from task_live where id = '%s' for update".formatted(first.id()),
                "select 1 from task_live where id = '%s' for update skip locked".formatted(last.id()),
                settle(last, LATER),
                settle(first, SUCCEEDED));

        assertThat(free).isOne();
    }

    private ClaimedTask running(String queue, String key) {
        store.queue(acme, queue, 1);
        store.submit(store.task(acme).inQueue(queue).key(key).build());
        return store.claim(Lane.QUEUED, "worker-1", 1).tasks().getFirst();
    }

    private static Settlement settle(ClaimedTask task, TaskDecision decision) {
        return new Settlement(task.id(), task.attempt(), decision, null);
    }

    private int keysFreeWhileWaitingForQueue(String queue, Settlement... ends) throws InterruptedException {
        return whileWaitingFor(
                "select 1 from queues where name = '%s' for update".formatted(queue),
                "select 1 from concurrency_keys for update skip locked",
                ends);
    }

    /** How many rows somebody else could lock while who settles waits for one, held by this transaction. */
    private int whileWaitingFor(String held, String others, Settlement... ends) throws InterruptedException {
        Thread[] settling = new Thread[1];
        int free = store.transaction().execute(_ -> {
            assertThat(rows(held)).isOne();
            settling[0] =
                    Thread.ofVirtual().start(() -> new JdbcRounds(store.engine().database()).make(List.of(ends), null));
            Await.until(
                    () -> store.count("pg_locks where not granted and transactionid = pg_current_xact_id()::xid") > 0);
            return rows(others);
        });
        settling[0].join();
        return free;
    }

    private int rows(String sql) {
        return store.database().sql(sql).query(Integer.class).list().size();
    }
}
