package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.upkeep.DueTasks;
import io.bascule.tasks.upkeep.ExpiredTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyKeysTests {

    private static final Instant FAR_OFF = Instant.parse("2099-01-01T00:00:00Z");

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final JdbcQueues queues = new JdbcQueues(store.database());

    @BeforeEach
    void makeQueue() {
        store.queue(acme, "q", 100);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tasksWithTheSameKeyRunOneAfterAnotherAndOthersBesideThem() {
        UUID first = submit("a");
        UUID second = submit("a");
        UUID other = submit("b");
        UUID free = store.submit(store.task(acme).inQueue("q").build());

        List<ClaimedTask> claimed = claim();
        assertThat(claimed).extracting(ClaimedTask::id).containsExactlyInAnyOrder(first, other, free);
        assertThat(claim()).isEmpty();

        end(claimed.getFirst());
        assertThat(claim()).extracting(ClaimedTask::id).containsExactly(second);
    }

    @Test
    void theHeldTaskWithTheHighestPriorityComesNext() {
        submit("a");
        submit("a");
        UUID urgent =
                store.submit(store.task(acme).inQueue("q").key("a").priority(5).build());
        end(claim().getFirst());

        assertThat(claim()).extracting(ClaimedTask::id).containsExactly(urgent);
    }

    @Test
    void aRetryingTaskLeavesItsPlaceAndWaitsForOneAgain() {
        submit("a");
        UUID second = submit("a");
        ClaimedTask failing = claim().getFirst();
        settle(failing, new Postpone(TaskState.RETRYING, Duration.ofMillis(1), 1, 0, new TaskError("odd", "odd")));
        assertThat(claim()).extracting(ClaimedTask::id).containsExactly(second);

        store.database()
                .sql("update task_live set run_at = now() where state = 'retrying'")
                .update();
        makeDue();
        assertThat(store.state(failing.id())).isEqualTo(TaskState.WAITING);
        assertThat(claim()).isEmpty();
    }

    @Test
    void aTaskThatIsHandedBackKeepsItsPlace() {
        UUID first = submit("a");
        submit("a");
        settle(claim().getFirst(), new Postpone(TaskState.WAITING, Duration.ZERO, 0, 0, null));

        assertThat(claim()).extracting(ClaimedTask::id).containsExactly(first);
    }

    @Test
    void whoeverLeavesWhileItWaitsPassesItsPlaceOn() {
        UUID first = submit("a");
        UUID second = submit("a");
        UUID third = submit("a");
        store.changes().cancel(acme, second);
        store.changes().cancel(acme, first);
        assertThat(claim()).extracting(ClaimedTask::id).containsExactly(third);
    }

    @Test
    void aHeldTaskExpiresLikeAnyOther() {
        submit("a");
        UUID late = store.submit(store.task(acme)
                .inQueue("q")
                .key("a")
                .deadline(Instant.parse("2020-01-01T00:00:00Z"))
                .build());
        new ExpiredTasks(store.database(), store.transaction(), store.lifecycle(), store.signals()).step();

        assertThat(store.state(late)).isEqualTo(TaskState.EXPIRED);
        assertThat(store.count("concurrency_keys where let_in = 1")).isOne();
    }

    @Test
    void aFailedTaskThatIsRetriedByHandWaitsForItsKeyAgain() {
        UUID first = submit("a");
        settle(claim().getFirst(), new Finish(TaskState.FAILED, 1, 0, new TaskError("odd", "odd")));
        submit("a");
        store.changes().retry(acme, first);

        assertThat(claim()).extracting(ClaimedTask::id).doesNotContain(first).hasSize(1);
        assertThat(store.state(first)).isEqualTo(TaskState.WAITING);
    }

    @Test
    void aHigherLimitLetsMoreInAndALowerOneStopsNobody() {
        List.of(1, 2, 3, 4).forEach(_ -> submit("a"));
        assertThat(claim()).hasSize(1);
        queues.limit(acme, "q", 100, 3);
        makeDue();
        List<ClaimedTask> more = claim();
        assertThat(more).hasSize(2);

        queues.limit(acme, "q", 100, 1);
        end(more.getFirst());
        assertThat(claim()).isEmpty();
    }

    @Test
    void aPurgeEndsTheHeldOnesToo() {
        List.of(1, 2, 3).forEach(_ -> submit("a"));
        assertThat(purge()).isEqualTo(2);
        assertThat(purge()).isEqualTo(1);
        assertThat(purge()).isZero();
        assertThat(store.count("concurrency_keys")).isZero();
    }

    @Test
    void whatIsHeldCountsAsHeldAndNotAsReady() {
        submit("a");
        submit("a");
        store.submit(store.task(acme).inQueue("q").key("a").runAt(FAR_OFF).build());
        Queue queue = queues.find(acme, "q").orElseThrow();

        assertThat(queue.ready()).isOne();
        assertThat(queue.held()).isOne();
        assertThat(queue.delayed()).isOne();
        assertThat(new JdbcProspects(store.database())
                        .find(acme, submit("a"))
                        .orElseThrow()
                        .heldBy())
                .isEqualTo(new Prospect.Key("a", 1));
    }

    @Test
    void noKeyEverHasMoreThanItsPlacesHoweverManyWorkersAndSubmittersThereAre() throws Exception {
        queues.limit(acme, "q", 100, 2);
        var running = new ConcurrentHashMap<String, AtomicInteger>();
        var breaches = new AtomicInteger();
        var ended = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int submitter = 0; submitter < 3; submitter++) {
                all.add(threads.submit(() -> submitMany(100)));
            }
            for (int worker = 0; worker < 4; worker++) {
                all.add(threads.submit(() -> work(running, breaches, ended, 300)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(ended).hasValue(300);
        assertThat(breaches).hasValue(0);
        assertThat(store.count("concurrency_keys")).isZero();
    }

    private void submitMany(int number) {
        var random = new Random(number);
        for (int task = 0; task < number; task++) {
            submit("key-" + random.nextInt(5));
        }
    }

    private void work(
            ConcurrentHashMap<String, AtomicInteger> running, AtomicInteger breaches, AtomicInteger ended, int all) {
        while (ended.get() < all) {
            List<ClaimedTask> tasks = claim();
            for (ClaimedTask task : tasks) {
                if (beside(running, task).incrementAndGet() > 2) {
                    breaches.incrementAndGet();
                }
            }
            for (ClaimedTask task : tasks) {
                beside(running, task).decrementAndGet();
                end(task);
                ended.incrementAndGet();
            }
            makeDue();
        }
    }

    private AtomicInteger beside(ConcurrentHashMap<String, AtomicInteger> running, ClaimedTask task) {
        String key = store.database()
                .sql("select concurrency_key from task_live where id = ?")
                .param(task.id())
                .query(String.class)
                .single();
        return running.computeIfAbsent(key, _ -> new AtomicInteger());
    }

    private int purge() {
        var purge = new JdbcPurge(store.database(), store.lifecycle());
        return purge.purge(acme, "q", purge.now(), 10).size();
    }

    private UUID submit(String key) {
        return store.submit(store.task(acme).inQueue("q").key(key).build());
    }

    private List<ClaimedTask> claim() {
        return store.claim(Lane.QUEUED, "w", 10).tasks();
    }

    private void end(ClaimedTask task) {
        settle(task, new Finish(TaskState.SUCCEEDED, 0, 0, null));
    }

    private void settle(ClaimedTask task, TaskDecision decision) {
        store.transaction()
                .executeWithoutResult(_ ->
                        store.settlements().settle(List.of(new Settlement(task.id(), task.attempt(), decision, null))));
    }

    private void makeDue() {
        store.database()
                .sql("update upkeep_turns set last_at = 'epoch' where name = 'due'")
                .update();
        new DueTasks(store.database(), store.transaction(), store.signals()).step();
    }
}
