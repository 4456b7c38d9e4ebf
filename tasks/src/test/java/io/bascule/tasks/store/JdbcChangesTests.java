package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.store.Change.Asked;
import io.bascule.tasks.store.Change.DedupeTaken;
import io.bascule.tasks.store.Change.Ended;
import io.bascule.tasks.store.Change.Refused;
import io.bascule.tasks.store.Change.Revived;
import io.bascule.tasks.store.Change.Unknown;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcChangesTests {

    private static final Finish FAILED = new Finish(TaskState.FAILED, 1, 0, new TaskError("boom", "It broke"));

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aWaitingTaskIsCancelledAtOnce() {
        UUID id = store.submit(store.task(acme).replyTo("api-1").build());

        assertThat(store.changes().cancel(acme, id)).isEqualTo(new Ended(id, "api-1"));
        assertThat(store.state(id)).isEqualTo(TaskState.CANCELLED);
        assertThat(store.changes().cancel(acme, id)).isEqualTo(new Refused(TaskState.CANCELLED));
    }

    @Test
    void cancellingAWaitingTaskOfAQueueTakesNoPlace() {
        store.queue(acme, "q", 1);
        UUID waiting = store.submit(store.task(acme).inQueue("q").build());
        store.changes().cancel(acme, waiting);

        assertThat(store.count("queues where running <> 0")).isZero();
    }

    @Test
    void theWorkerOfARunningTaskIsAsked() {
        UUID id = store.submit(store.task(acme).build());
        store.claim(Lane.INSTANT, "w", 1);

        assertThat(store.changes().cancel(acme, id)).isEqualTo(new Asked(id));
        assertThat(store.state(id)).isEqualTo(TaskState.RUNNING);
        assertThat(store.tasks().find(acme, id).orElseThrow().cancelRequested()).isTrue();
    }

    @Test
    void anotherWorkspaceCanNeitherSeeNorChangeATask() {
        UUID id = store.submit(store.task(acme).build());
        UUID other = store.workspace("other");

        assertThat(store.changes().cancel(other, id)).isEqualTo(new Unknown());
        assertThat(store.changes().retry(other, id)).isEqualTo(new Unknown());
        assertThat(store.tasks().find(other, id)).isEmpty();
    }

    @Test
    void aFailedTaskCanBeRetriedByHandUnderItsId() {
        UUID id = fail(store.task(acme).build());
        Task failed = store.tasks().find(acme, id).orElseThrow();

        assertThat(store.changes().retry(acme, id)).isEqualTo(new Revived(id, Lane.INSTANT));
        Task revived = store.tasks().find(acme, id).orElseThrow();
        assertThat(revived.state()).isEqualTo(TaskState.WAITING);
        assertThat(revived.failures()).isZero();
        assertThat(revived.times().deadline()).isAfter(failed.times().deadline());
        assertThat(store.count("task_history")).isZero();
        assertThat(store.claim(Lane.INSTANT, "w", 1).tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.attempt()).isEqualTo(2));
    }

    @Test
    void aFailedTaskIsNotRetriedBesideALiveOneWithItsDedupeWord() {
        var first = store.task(acme).dedupe("report").build();
        fail(first);
        store.submit(store.task(acme).dedupe("report").build());

        assertThat(store.changes().retry(acme, first.id())).isEqualTo(new DedupeTaken());
        assertThat(store.state(first.id())).isEqualTo(TaskState.FAILED);
    }

    @Test
    void onlyAFailedTaskIsRetried() {
        UUID id = store.submit(store.task(acme).build());

        assertThat(store.changes().retry(acme, id)).isEqualTo(new Refused(TaskState.WAITING));
    }

    private UUID fail(NewTask task) {
        store.submit(task);
        ClaimedTask claimed = store.claim(Lane.INSTANT, "w", 1).tasks().getFirst();
        store.settlements().settle(List.of(new Settlement(claimed.id(), claimed.attempt(), FAILED, null)));
        return task.id();
    }
}
