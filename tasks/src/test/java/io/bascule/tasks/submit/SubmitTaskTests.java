package io.bascule.tasks.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.signal.HintListener;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.store.Submission.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class SubmitTaskTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final List<Integer> groups = new CopyOnWriteArrayList<>();
    private final CountDownLatch inTransaction = new CountDownLatch(1);
    private final CountDownLatch mayCommit = new CountDownLatch(1);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void submitsThatComeTogetherShareTransactionsAndReturnAfterTheCommit() throws Exception {
        int tasks = 400;
        AtomicInteger unseen = new AtomicInteger();
        mayCommit.countDown();
        try (var submit = submit();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int number = 0; number < tasks; number++) {
                calls.add(callers.submit(() -> {
                    NewTask task = store.task(acme).build();
                    assertThat(submit.submit(task)).get().isInstanceOf(Accepted.class);
                    if (store.tasks().find(acme, task.id()).isEmpty()) {
                        unseen.incrementAndGet();
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        }

        assertThat(store.count("task_live")).isEqualTo(tasks);
        assertThat(unseen).hasValue(0);
        assertThat(groups)
                .hasSizeLessThan(tasks / 4)
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(256));
    }

    @Test
    void workersAreToldAfterTheCommitOnceAGroup() {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        store.signals().onWake(Lane.INSTANT, () -> seen.add(store.count("task_live")));
        mayCommit.countDown();
        try (var submit = submit()) {
            submit.submit(store.task(acme).build());
        }

        assertThat(seen).containsExactly(1);
    }

    @Test
    void workersAreToldWhoseTasksMayStart() {
        List<Set<UUID>> named = new CopyOnWriteArrayList<>();
        store.signals().onWake(Lane.INSTANT, new HintListener() {
            @Override
            public void hinted() {
                named.add(Set.of());
            }

            @Override
            public void hinted(Set<UUID> workspaces) {
                named.add(workspaces);
            }
        });
        mayCommit.countDown();
        try (var submit = submit()) {
            submit.submit(store.task(acme).build());
            submit.submit(store.task(acme)
                    .runAt(Instant.now().plus(Duration.ofHours(1)))
                    .build());
        }

        assertThat(named).containsExactly(Set.of(acme));
    }

    @Test
    void aKeyThatIsBeingUsedIsRefused() throws Exception {
        try (var submit = submit();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Submission>> first = callers.submit(
                    () -> submit.submit(store.task(acme).idempotency("k", "aa").build()));
            assertThat(inTransaction.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(submit.submit(store.task(acme).idempotency("k", "aa").build()))
                    .isEmpty();
            mayCommit.countDown();
            assertThat(first.get(60, TimeUnit.SECONDS)).isPresent();
        }
    }

    @Test
    void aDatabaseThatIsAwayFailsTheSubmit() {
        mayCommit.countDown();
        try (var submit = submit()) {
            store.close();

            assertThatThrownBy(() -> submit.submit(store.task(acme).build()))
                    .isInstanceOfAny(
                            DataAccessException.class, org.springframework.transaction.TransactionException.class);
        }
    }

    private SubmitTask submit() {
        var submissions = new JdbcSubmissions(store.database(), store.transaction(), accepted -> {
            groups.add(accepted.size());
            inTransaction.countDown();
            try {
                assertThat(mayCommit.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        return new SubmitTask(submissions, store.signals());
    }
}
