package io.bascule.tasks.worker;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.batch.GroupCommit;
import io.bascule.tasks.batch.GroupCommitFull;
import io.bascule.tasks.batch.Refused;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcRounds;
import io.bascule.tasks.store.JdbcRounds.Round;
import io.bascule.tasks.store.Settled;
import io.bascule.tasks.store.Settled.Finished;
import io.bascule.tasks.store.Settled.Postponed;
import io.bascule.tasks.store.Settlement;
import io.bascule.tasks.worker.Appetite.Bite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles attempts in groups, each of which claims for the slots that became free, and holds on to them while the database is
 * away. One group is written at a time, since two would share the ends of one claim and be half as large; a second one only while
 * the worker claims ahead.
 */
final class Settler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);
    private static final String REFUSED = "result-refused";
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final JdbcRounds rounds;
    private final Claimer claimer;
    private final TaskSignals signals;
    private final Lane lane;
    private final GroupCommit<Settlement, Settled> commit;
    private final CountDownLatch givingUp = new CountDownLatch(1);

    Settler(JdbcRounds rounds, Claimer claimer, TaskSignals signals, WorkerSettings settings) {
        this.rounds = rounds;
        this.claimer = claimer;
        this.signals = signals;
        this.lane = settings.lane();
        int waiting = Math.max(1_024, 4 * settings.concurrency());
        int writers = lane == Lane.INSTANT ? 2 : 1;
        this.commit = new GroupCommit<>(
                "task-settle", this::write, new GroupCommit.Bounds(writers, 256, waiting), claimer::paysToJoin);
    }

    /**
     * Settles an attempt and tells what came of it when that is committed or found stale, on the thread that wrote it or the
     * caller's own: what is told must not block. Tries again for as long as the database is away.
     */
    void settle(Settlement settlement, Consumer<Settled> told) {
        try {
            var _ = commit.submit(settlement).whenComplete((settled, failure) -> {
                if (failure == null) {
                    told.accept(settled);
                } else {
                    again(settlement, failure, told);
                }
            });
        } catch (GroupCommitFull full) {
            again(settlement, full, told);
        }
    }

    private void again(Settlement settlement, Throwable failure, Consumer<Settled> told) {
        try {
            Thread.ofVirtual()
                    .name("task-settle-" + settlement.task())
                    .start(() -> told.accept(settleAfter(failure, settlement)));
        } catch (Error noThread) {
            LOG.error("attempt {} of task {} is not settled", settlement.attempt(), settlement.task(), noThread);
            told.accept(new Settled.Stale(settlement.task()));
        }
    }

    private Settled settleAfter(Throwable firstFailure, Settlement first) {
        Throwable failure = firstFailure;
        Settlement settlement = first;
        while (true) {
            if (Refused.isDataOf(failure) && !isRefusal(settlement)) {
                settlement = refusal(settlement);
            } else {
                LOG.warn("attempt {} of task {} is not settled yet", settlement.attempt(), settlement.task(), failure);
                if (pause()) {
                    return new Settled.Stale(settlement.task());
                }
            }
            try {
                return commit.submit(settlement).join();
            } catch (CompletionException again) {
                failure = Objects.requireNonNullElse(again.getCause(), again);
            } catch (GroupCommitFull full) {
                failure = full;
            }
        }
    }

    /** What the database does not take will not get better by trying again: the task fails instead. */
    private static Settlement refusal(Settlement settlement) {
        var error = new TaskError(REFUSED, "The result could not be stored");
        return new Settlement(settlement.task(), settlement.attempt(), new Finish(TaskState.FAILED, 1, 0, error), null);
    }

    private static boolean isRefusal(Settlement settlement) {
        return settlement.decision() instanceof Finish end
                && end.error() != null
                && end.error().code().equals(REFUSED);
    }

    /** Whether it is time to give up: the lease will run out and another worker take the task. */
    private boolean pause() {
        try {
            return givingUp.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private List<Settled> write(List<Settlement> group) {
        Optional<Bite> bite = claimer.join();
        List<Settled> outcomes = bite.map(it -> writeAndClaim(group, it))
                .orElseGet(() -> rounds.make(group, null).settled());
        announce(outcomes);
        int unlookedFor = group.size() - bite.map(it -> it.request().room()).orElse(0);
        if (lane == Lane.QUEUED && unlookedFor > 0) {
            // Each end makes a place in its queue, and this worker does not look for what may take it.
            signals.wake(lane, unlookedFor);
        }
        return outcomes;
    }

    private List<Settled> writeAndClaim(List<Settlement> group, Bite bite) {
        Round round;
        try {
            round = rounds.make(group, bite.request());
        } catch (RuntimeException | Error failure) {
            claimer.giveBack(bite);
            throw failure;
        }
        claimer.take(bite, Objects.requireNonNull(round.claimed()));
        return round.settled();
    }

    private void announce(List<Settled> outcomes) {
        Map<String, List<UUID>> replies = new HashMap<>();
        boolean waitsAgain = false;
        for (Settled outcome : outcomes) {
            if (outcome instanceof Finished finished && finished.replyTo() != null) {
                replies.computeIfAbsent(finished.replyTo(), _ -> new ArrayList<>())
                        .add(finished.task());
            }
            waitsAgain |= outcome instanceof Postponed;
        }
        replies.forEach(signals::finished);
        if (waitsAgain && lane == Lane.INSTANT) {
            signals.wake(lane);
        }
    }

    /** Settles what waits, once; what fails now stays with its lease. */
    @Override
    public void close() {
        givingUp.countDown();
        commit.close();
    }
}
