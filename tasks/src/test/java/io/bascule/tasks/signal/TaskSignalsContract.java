package io.bascule.tasks.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link TaskSignals} must do, once it is connected. */
abstract class TaskSignalsContract {

    private static final UUID TASK = new UUID(1, 1);

    /** Where hints are sent. */
    abstract TaskSignals sender();

    /** Where they are heard; may be the same. */
    abstract TaskSignals receiver();

    @Test
    void aWakeReachesItsLaneOnly() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        receiver().onWake(Lane.INSTANT, () -> heard.add("instant"));
        receiver().onWake(Lane.QUEUED, () -> heard.add("queued"));

        untilHeard(heard, () -> sender().wake(Lane.QUEUED));

        assertThat(heard).doesNotContain("instant");
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

    /** A hint may be lost while a subscription is under way: it is sent until it is heard. */
    static <T> T untilHeard(BlockingQueue<T> heard, Runnable send) throws InterruptedException {
        for (int times = 0; times < 100; times++) {
            send.run();
            T first = heard.poll(100, TimeUnit.MILLISECONDS);
            if (first != null) {
                return first;
            }
        }
        throw new AssertionError("nothing was heard in 10 s");
    }
}
