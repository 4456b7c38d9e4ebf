package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.signal.HintListener;
import io.bascule.tasks.signal.Hints;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.JdbcRounds;
import io.bascule.tasks.worker.Appetite.Bite;
import io.bascule.tasks.worker.Appetite.Nibble;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    private long polled;
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
        hints = signals.onWake(settings.lane(), new Ear());
        thread = Thread.ofPlatform()
                .daemon()
                .name("task-claim-" + settings.lane().word())
                .start(this::run);
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
        long unable = start(claimed.tasks());
        appetite.answered(bite, claimed);
        freed(unable);
    }

    private void take(Nibble nibble, Claimed claimed) {
        long unable = start(claimed.tasks());
        appetite.answered(nibble, claimed);
        freed(unable);
    }

    /** Returns how many could not be started. */
    private long start(List<ClaimedTask> tasks) {
        return tasks.stream().filter(task -> !started(task)).count();
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

    private void freed(long slots) {
        for (long slot = 0; slot < slots; slot++) {
            appetite.freed();
        }
        goOn();
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
            polled = System.nanoTime();
            while (!stopped) {
                try {
                    look();
                } catch (RuntimeException | Error failure) {
                    gone(failure);
                    boolean _ = bell.await(settings.poll());
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        Optional<Boolean> answered = claim();
        Duration left = settings.poll().minusNanos(System.nanoTime() - polled);
        if (answered.isEmpty()) {
            boolean _ = bell.await(appetite.soon().orElse(left));
        } else if (!answered.get()) {
            // The reason for the claim is still there.
            boolean _ = bell.await(settings.poll());
        }
        // Also while hints are heard all the time: those that name workspaces tell of no others.
        if (System.nanoTime() - polled >= settings.poll().toNanos()) {
            appetite.hint();
            polled = System.nanoTime();
        }
    }

    /** Whether the database answered; nothing if there was nothing to ask. */
    private Optional<Boolean> claim() {
        Optional<Nibble> nibble = appetite.nibble();
        return nibble.isPresent() ? nibble.map(this::claim) : appetite.bite().map(this::claim);
    }

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

    private boolean claim(Nibble nibble) {
        Claimed claimed;
        try {
            claimed = rounds.claim(nibble.claim());
        } catch (RuntimeException | Error failure) {
            appetite.giveBack(nibble);
            gone(failure);
            return false;
        }
        back();
        take(nibble, claimed);
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

    private final class Ear implements HintListener {

        /** A hint of the queued lane is for this worker alone: one that cannot follow it passes it on. */
        @Override
        public void hinted() {
            if (settings.lane() == Lane.QUEUED && (stopped || !appetite.hasRoom())) {
                signals.wake(Lane.QUEUED, 1);
            } else {
                appetite.hint();
                bell.ring();
            }
        }

        @Override
        public void hinted(Set<UUID> workspaces) {
            appetite.hint(workspaces);
            bell.ring();
        }
    }
}
