package io.bascule.tasks.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTests {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FAR_OFF = Instant.parse("2099-01-01T00:00:00Z");

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aDelayedTaskWaitsWhenItsTimeHasCome() {
        UUID soon = store.submit(store.task(acme).runAt(FAR_OFF).build());
        UUID later = store.submit(store.task(acme).runAt(FAR_OFF).build());
        store.database()
                .sql("update task_live set run_at = now() where id = ?")
                .param(soon)
                .update();
        List<Lane> woken = new ArrayList<>();
        store.signals().onWake(Lane.INSTANT, () -> woken.add(Lane.INSTANT));

        assertThat(new DueTasks(store.database(), store.transaction(), store.signals()).step())
                .isOne();

        assertThat(store.state(soon)).isEqualTo(TaskState.WAITING);
        assertThat(store.state(later)).isEqualTo(TaskState.SCHEDULED);
        assertThat(woken).containsExactly(Lane.INSTANT);
    }

    @Test
    void overdueTasksExpireWhetherTheyWaitOrAreScheduledAndTheWaitingCallerIsTold() {
        UUID waiting = store.submit(
                store.task(acme).deadline(LONG_AGO).replyTo("api-1").build());
        UUID scheduled =
                store.submit(store.task(acme).runAt(FAR_OFF).deadline(LONG_AGO).build());
        UUID fine = store.submit(store.task(acme).build());
        List<UUID> told = new ArrayList<>();
        store.signals().onFinished("api-1", told::add);

        var expired = new ExpiredTasks(store.database(), store.transaction(), store.lifecycle(), store.signals());
        assertThat(expired.step()).isEqualTo(2);

        assertThat(store.state(waiting)).isEqualTo(TaskState.EXPIRED);
        assertThat(store.state(scheduled)).isEqualTo(TaskState.EXPIRED);
        assertThat(store.state(fine)).isEqualTo(TaskState.WAITING);
        assertThat(store.tasks().find(acme, waiting).orElseThrow().error())
                .extracting(error -> error.code())
                .isEqualTo("deadline-passed");
        assertThat(told).containsExactly(waiting);
    }

    @Test
    void theLoopGoesOnAfterAFailureAndStopsWhenTold() throws Exception {
        var thrice = new CountDownLatch(3);
        var loop = new UpkeepLoop(List.of(new UpkeepStep() {
            @Override
            public Duration every() {
                return Duration.ofMillis(1);
            }

            @Override
            public int step() {
                thrice.countDown();
                throw new IllegalStateException("the database is away");
            }
        }));
        loop.start();
        loop.start();

        assertThat(thrice.await(5, TimeUnit.SECONDS)).isTrue();
        loop.stop();
        loop.stop();
    }
}
