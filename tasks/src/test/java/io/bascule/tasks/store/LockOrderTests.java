package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.testsupport.Await;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever locks several tasks begins with the lowest id; else two would wait for each other, a second each time. */
@Timeout(120)
class LockOrderTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void settlementsLockTheLowestIdFirst() throws Exception {
        Finish succeeded = new Finish(TaskState.SUCCEEDED, 0, 0, null);
        assertThat(lockedWhileWaitingForTheFirst(tasks -> store.transaction()
                        .executeWithoutResult(_ -> store.settlements()
                                .settle(tasks.stream()
                                        .map(task -> new Settlement(task.id(), task.attempt(), succeeded, null))
                                        .toList()))))
                .isZero();
    }

    @Test
    void beatsLockTheLowestIdFirst() throws Exception {
        assertThat(lockedWhileWaitingForTheFirst(tasks -> new JdbcLeases(store.database())
                        .renew(
                                tasks.stream()
                                        .map(task -> new JdbcLeases.Held(task.id(), task.attempt(), null))
                                        .toList(),
                                TaskStore.LEASE)))
                .isZero();
    }

    /** How many tasks are locked besides the first, by somebody who names them in descending order and waits for the first. */
    private int lockedWhileWaitingForTheFirst(Consumer<List<ClaimedTask>> lock) throws InterruptedException {
        List<UUID> ids = store.submit(3, acme);
        List<ClaimedTask> tasks =
                store.claim(Lane.INSTANT, "worker-1", 3).tasks().reversed();
        Thread[] waiting = new Thread[1];
        int locked = store.transaction().execute(_ -> {
            hold(ids.getFirst());
            waiting[0] = Thread.ofVirtual().start(() -> lock.accept(tasks));
            awaitSomebodyWaiting();
            return 2 - free(ids);
        });
        waiting[0].join();
        return locked;
    }

    private void hold(UUID id) {
        store.database()
                .sql("select id from task_live where id = ? for update")
                .param(id)
                .query(UUID.class)
                .single();
    }

    private int free(List<UUID> ids) {
        return store.database()
                .sql("select id from task_live where id <> ? for update skip locked")
                .param(ids.getFirst())
                .query(UUID.class)
                .list()
                .size();
    }

    /** Waiting for this transaction, that is: what other databases of the server wait for does not count. */
    private void awaitSomebodyWaiting() {
        Await.until(() -> store.count("pg_locks where not granted and transactionid = pg_current_xact_id()::xid") > 0);
    }
}
