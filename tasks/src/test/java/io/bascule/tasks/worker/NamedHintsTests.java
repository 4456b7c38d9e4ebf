package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.TaskStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker at a real database that is told whose tasks may start. */
@Timeout(120)
class NamedHintsTests {

    private final TaskStore store = new TaskStore();
    private final UUID acme = store.workspace("acme");
    private final BlockingQueue<UUID> ended = new LinkedBlockingQueue<>();
    private final ScriptedHandler handler = new ScriptedHandler();
    private final TaskWorker worker = new TaskWorker(
            new WorkerSettings(
                    "worker-1",
                    Lane.INSTANT,
                    4,
                    3,
                    Duration.ofMillis(100),
                    Duration.ofSeconds(6),
                    Duration.ofMillis(200),
                    Duration.ofMillis(1)),
            List.of(handler),
            store.engine(),
            WorkerListener.NONE);

    NamedHintsTests() {
        store.signals().onFinished("test", ended::add);
    }

    @AfterEach
    void stop() throws Exception {
        handler.mayGo.countDown();
        worker.stop(Duration.ofSeconds(5));
        store.close();
    }

    @Test
    void namedHintsThatAreDoubledLateOrOfOthersDoNoHarm() throws Exception {
        UUID other = store.workspace("other");
        worker.start();
        store.queue(acme, "q", 1);
        UUID queued = store.submit(store.task(acme).inQueue("q").build());
        for (int number = 0; number < 50; number++) {
            UUID id = store.submit(store.task(acme)
                    .replyTo("test")
                    .input("{\"do\":\"say hi\"}")
                    .build());
            store.signals().wakeFor(Set.of(acme));
            store.signals().wakeFor(Set.of(acme, other, new UUID(9, 9)));
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isEqualTo(id);
            store.signals().wakeFor(Set.of(acme));
        }

        handler.awaitStarted(50);
        assertThat(store.state(queued)).isEqualTo(TaskState.WAITING);
        assertThat(store.count("task_history where attempt > 1")).isZero();
    }

    @Test
    void whileItIsFullANamedHintIsKept() throws Exception {
        worker.start();
        for (int number = 0; number < 5; number++) {
            store.submit(
                    store.task(acme).replyTo("test").input("{\"do\":\"wait\"}").build());
            store.signals().wakeFor(Set.of(acme));
        }
        handler.awaitStarted(3);
        handler.mayGo.countDown();

        for (int number = 0; number < 5; number++) {
            assertThat(ended.poll(60, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(handler.most).hasValueLessThanOrEqualTo(3);
    }

    /** Of the other nobody was told, and hints of the one come before each poll. */
    @Test
    void whoIsNotNamedIsSeenByThePollAlsoWhileOthersAreNamedAllTheTime() throws Exception {
        UUID other = store.workspace("other");
        worker.start();
        UUID untold = store.submit(
                store.task(other).replyTo("test").input("{\"do\":\"say hi\"}").build());
        @Nullable UUID first = null;
        for (int hint = 0; hint < 2_000 && first == null; hint++) {
            store.signals().wakeFor(Set.of(acme));
            first = ended.poll(10, TimeUnit.MILLISECONDS);
        }

        assertThat(first).isEqualTo(untold);
    }
}
