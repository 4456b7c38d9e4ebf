package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Tour;
import io.bascule.tasks.worker.Appetite.Bite;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The appetite of a worker of four slots, three of them for a single workspace, with all that it looks at. */
abstract class AppetiteOfAWorker {

    static final UUID ACME = new UUID(1, 1);

    /** The longest that counts. */
    static final Duration AT_ONCE = Duration.ofMillis(1);

    final Map<UUID, Integer> running = new HashMap<>();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicLong nanos = new AtomicLong();
    final Appetite appetite = appetite(Lane.INSTANT, 3);

    final Appetite appetite(Lane lane, int share) {
        var settings = new WorkerSettings(
                "w",
                lane,
                4,
                share,
                Duration.ofSeconds(1),
                WorkerSettings.LEASE,
                WorkerSettings.BEAT,
                Duration.ofMillis(1));
        return new Appetite(settings, () -> Map.copyOf(running), waiting::get, nanos::get);
    }

    final void answer(Bite bite, int number, boolean more) {
        running.merge(ACME, number, Integer::sum);
        appetite.answered(bite, new Claimed(tasks(number), Tour.behind(ACME), more, Map.of()));
    }

    final void end(int number) {
        end(number, Duration.ofMillis(100));
    }

    final void end(int number, Duration ran) {
        running.merge(ACME, -number, Integer::sum);
        IntStream.range(0, number).forEach(_ -> appetite.ending(ran));
    }

    /** Three tasks a round, the share of one workspace. */
    final void runAtOnce(int rounds) {
        runAtOnce(rounds, AT_ONCE);
    }

    final void runAtOnce(int rounds, Duration each) {
        answer(appetite.bite().orElseThrow(), 3, true);
        for (int round = 0; round < rounds; round++) {
            end(3, each);
            answer(appetite.biteWithSettlements().orElseThrow(), 3, true);
        }
    }

    static List<ClaimedTask> tasks(int number) {
        var standing = new Standing(TaskState.RUNNING, 1, 0, 0, RetryPolicy.NONE, null, false);
        var submitter = new Submitter(ACME, "somebody");
        return IntStream.range(0, number)
                .mapToObj(task -> new ClaimedTask(
                        new UUID(7, task),
                        ACME,
                        "",
                        "echo",
                        standing,
                        "{}",
                        Map.of(),
                        submitter,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        null))
                .toList();
    }
}
