package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.signal.Hints;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.JdbcRounds;
import io.bascule.tasks.worker.Appetite.Bite;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims tasks whenever there is a free slot and a reason to look: a hint, the poll's time, or more than was taken last. While
 * tasks end all the time, the rounds that settle them claim as well and this one has nothing to do.
 */
final class Claimer {

    private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

    private final WorkerSettings settings;
    private final JdbcRounds rounds;
    private final Appetite appetite;
    private final TaskSignals signals;
    private final Predicate<ClaimedTask> start;
    private final Bell bell = new Bell();
    private boolean away;
    private volatile boolean stopped;
    private volatile @Nullable Hints hints;
    private @Nullable Thread thread;

    /**
     * @param start takes a claimed task and later calls {@link #ending} or {@link #release()} once; or says that it cannot, has seen to
     *     what becomes of the task, and calls neither
     */
    Claimer(
            WorkerSettings settings,
            JdbcRounds rounds,
            Appetite appetite,
            TaskSignals signals,
            Predicate<ClaimedTask> start) {
        this.settings = settings;
        this.rounds = rounds;
        this.appetite = appetite;
        this.signals = signals;
        this.start = start;
    }

    void start() {
        hints = signals.onWake(settings.lane(), this::wake);
        thread = Thread.ofVirtual().name("task-claim-" + settings.lane().word()).start(this::run);
    }

    /** A hint of the queued lane is for this worker alone: one that cannot follow it passes it on. */
    private void wake() {
        if (settings.lane() == Lane.QUEUED && (stopped || !appetite.hasRoom())) {
            signals.wake(Lane.QUEUED, 1);
        } else {
            appetite.hint();
            bell.ring();
        }
    }

    /** A slot's handler has returned after this long, and a settlement of its task will follow. */
    void ending(Duration ran) {
        appetite.ending(ran);
    }

    /** A slot is free again. */
    void release() {
        appetite.freed();
        goOn();
    }

    /** What a round of settlements is to claim as well; the caller answers with {@link #take} or {@link #giveBack}. */
    Optional<Bite> join() {
        Optional<Bite> bite = stopped ? Optional.empty() : appetite.biteWithSettlements();
        goOn();
        return bite;
    }

    /** Whether {@link #join} is better called now than in a moment: one claim for what several tasks leave free is cheaper. */
    boolean paysToJoin(int ended, int rounds) {
        return appetite.paysToSettle(ended, rounds);
    }

    void take(Bite bite, Claimed claimed) {
        long unable =
                claimed.tasks().stream().filter(task -> !started(task)).count();
        appetite.answered(bite, claimed);
        for (; unable > 0; unable--) {
            appetite.freed();
        }
        goOn();
    }

    /** An error of the virtual machine must not end the thread that claims; the task's lease will. */
    private boolean started(ClaimedTask task) {
        try {
            return start.test(task);
        } catch (RuntimeException | Error failure) {
            LOG.error("task {} could not be started", task.id(), failure);
            return false;
        }
    }

    void giveBack(Bite bite) {
        appetite.giveBack(bite);
    }

    private void goOn() {
        if (appetite.hungry()) {
            bell.ring();
            return;
        }
        Hints ear = hints;
        if (ear != null && !stopped && appetite.hasRoom()) {
            ear.ask();
        }
    }

    /** Returns when nothing more is claimed. A claim under way is let finish: what it took must not be forgotten. */
    void stop() throws InterruptedException {
        stopped = true;
        Hints ear = hints;
        if (ear != null) {
            ear.close();
        }
        bell.ring();
        if (thread != null) {
            thread.join();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                Optional<Bite> bite = appetite.bite();
                boolean claimed = bite.map(this::claim).orElse(false);
                if (!claimed) {
                    // A hint that a failed claim was to follow is still there, and its time has come already.
                    Optional<Duration> soon = bite.isEmpty() ? appetite.soon() : Optional.empty();
                    boolean rung = bell.await(soon.orElse(settings.poll()));
                    if (!rung && soon.isEmpty()) {
                        appetite.hint();
                    }
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the database answered. */
    private boolean claim(Bite bite) {
        Claimed claimed;
        try {
            claimed = Objects.requireNonNull(
                    rounds.make(List.of(), bite.request()).claimed());
        } catch (RuntimeException | Error failure) {
            giveBack(bite);
            gone(failure);
            return false;
        }
        back();
        take(bite, claimed);
        return true;
    }

    private void gone(Throwable failure) {
        if (!away) {
            away = true;
            LOG.warn("claiming does not work; it is tried again every {}", settings.poll(), failure);
        }
    }

    private void back() {
        if (away) {
            away = false;
            LOG.info("claiming works again");
        }
    }
}
