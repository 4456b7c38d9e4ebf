package io.bascule.tasks.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.testsupport.Await;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TaskSignals} must do, once it is connected. */
abstract class TaskSignalsContract {

    private static final UUID TASK = new UUID(1, 1);

    /** Where hints are sent. */
    abstract TaskSignals sender();

    /** Where they are heard; may be the same. */
    abstract TaskSignals receiver();

    /** Returns when a queued worker hears hints; those that come over a network tell it to look then. */
    abstract void awaitListening(BlockingQueue<String> heard) throws InterruptedException;

    /** Returns when this worker's asking has come to effect and so many ask. */
    abstract void awaitAsking(Hints hints, int workers);

    /** What is sent before is dropped. */
    @BeforeEach
    void awaitConnections() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (Hints _ = receiver().onWake(Lane.INSTANT, () -> heard.add("connected"))) {
            String _ = untilHeard(heard, () -> sender().wake(Lane.INSTANT));
        }
    }

    @Test
    void aHintAboutInstantTasksIsHeardByEveryWorkerOfTheirLane() throws Exception {
        BlockingQueue<String> first = new LinkedBlockingQueue<>();
        BlockingQueue<String> second = new LinkedBlockingQueue<>();
        BlockingQueue<String> queued = new LinkedBlockingQueue<>();
        receiver().onWake(Lane.INSTANT, () -> first.add("instant"));
        receiver().onWake(Lane.INSTANT, () -> second.add("instant"));
        asking("queued", queued, 1);

        untilHeard(first, () -> sender().wake(Lane.INSTANT, 1));

        assertThat(second.poll(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(queued).isEmpty();
    }

    @Test
    void aHintThatNamesWorkspacesIsHeardByEveryWorkerOfTheInstantLane() throws Exception {
        BlockingQueue<Set<UUID>> named = new LinkedBlockingQueue<>();
        BlockingQueue<String> any = new LinkedBlockingQueue<>();
        receiver().onWake(Lane.INSTANT, new HintListener() {
            @Override
            public void hinted() {
                any.add("any");
            }

            @Override
            public void hinted(Set<UUID> workspaces) {
                named.add(workspaces);
            }
        });
        Set<UUID> two = Set.of(new UUID(1, 2), new UUID(3, 4));

        assertThat(untilHeard(named, () -> sender().wakeFor(two))).isEqualTo(two);
        assertThat(any).isEmpty();
        assertThat(untilHeard(any, () -> sender().wake(Lane.INSTANT))).isEqualTo("any");
    }

    @Test
    void aHintAboutQueuedTasksIsForAsManyWorkersAsThereAreTasksThoseFirstThatAskedLast() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        asking("first", heard, 1);
        asking("second", heard, 2);
        asking("third", heard, 3);

        sender().wake(Lane.QUEUED, 2);

        assertThat(next(heard)).isEqualTo("third");
        assertThat(next(heard)).isEqualTo("second");
        sender().wake(Lane.QUEUED, 1);
        assertThat(next(heard)).isEqualTo("first");
        assertThat(heard).isEmpty();
    }

    @Test
    void aHintForAllIsForAllThatAsk() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        asking("first", heard, 1);
        asking("second", heard, 2);

        sender().wake(Lane.QUEUED);

        assertThat(List.of(next(heard), next(heard))).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whoAsksAfterAHintThatFoundTooFewIsToldToLookAgain() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Hints busy = asking("busy", heard, 1);
        asking("idle", heard, 2);
        sender().wake(Lane.QUEUED, 2);
        assertThat(List.of(next(heard), next(heard))).containsExactlyInAnyOrder("busy", "idle");
        sender().wake(Lane.QUEUED, 1);

        // The hint may still be on its way: whoever asks before it comes hears it itself.
        busy.ask();

        assertThat(next(heard)).isEqualTo("busy");
    }

    @Test
    void whoListensNoMoreTakesNoHint() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Hints stays = asking("stays", heard, 1);
        Hints leaving = asking("leaves", heard, 2);
        leaving.close();
        awaitAsking(stays, 1);

        sender().wake(Lane.QUEUED, 1);

        assertThat(next(heard)).isEqualTo("stays");
    }

    @Test
    void aCancelNamesTheTask() throws Exception {
        BlockingQueue<UUID> heard = new LinkedBlockingQueue<>();
        receiver().onCancel(heard::add);

        assertThat(untilHeard(heard, () -> sender().cancel(TASK))).isEqualTo(TASK);
    }

    @Test
    void endsReachTheAddressThatWaitsOneByOne() throws Exception {
        BlockingQueue<UUID> here = new LinkedBlockingQueue<>();
        BlockingQueue<UUID> elsewhere = new LinkedBlockingQueue<>();
        receiver().onFinished("api-1", here::add);
        receiver().onFinished("api-2", elsewhere::add);
        UUID second = new UUID(2, 2);

        untilHeard(here, () -> sender().finished("api-1", List.of(TASK, second)));

        assertThat(here.poll(60, TimeUnit.SECONDS)).isIn(TASK, second);
        assertThat(elsewhere).isEmpty();
    }

    /** A worker that has looked and asks, as one of so many then. */
    final Hints asking(String name, BlockingQueue<String> heard, int workers) throws InterruptedException {
        Hints hints = receiver().onWake(Lane.QUEUED, () -> heard.add(name));
        awaitListening(heard);
        hints.ask();
        awaitAsking(hints, workers);
        return hints;
    }

    /** Not more often than once a second: an ask that is still under way would be there for the hint after next. */
    static void askUntil(Hints hints, BooleanSupplier asks) {
        Await.until(() -> {
            hints.ask();
            return Await.within(Duration.ofSeconds(1), asks);
        });
    }

    static String next(BlockingQueue<String> heard) throws InterruptedException {
        return Objects.requireNonNull(heard.poll(60, TimeUnit.SECONDS), "a hint");
    }

    /** A hint may be lost while a subscription is under way: it is sent until it is heard. */
    static <T> T untilHeard(BlockingQueue<T> heard, Runnable send) throws InterruptedException {
        for (int times = 0; times < 600; times++) {
            send.run();
            T first = heard.poll(100, TimeUnit.MILLISECONDS);
            if (first != null) {
                return first;
            }
        }
        throw new AssertionError("nothing was heard in 60 s");
    }
}
