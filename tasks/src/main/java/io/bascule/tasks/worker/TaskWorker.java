package io.bascule.tasks.worker;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcLeases;
import io.bascule.tasks.store.JdbcRounds;
import io.bascule.tasks.store.Settled;
import io.bascule.tasks.store.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs the tasks of one lane, several at a time. {@link #start()} returns when it has started, {@link #stop} when it has
 * stopped: it takes no more, lets what runs finish within the grace, and hands the rest back for another worker at no cost to
 * the task. Both may be called repeatedly; a stopped worker does not start again.
 */
public class TaskWorker {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWorker.class);
    private static final Duration TO_STOP = Duration.ofSeconds(2);

    /** What was claimed ahead and has not got a slot by then is handed back. */
    private static final Duration LATE = Duration.ofMillis(100);

    private final WorkerSettings settings;
    private final InstantSource clock;
    private final AttemptRunner runner;
    private final TaskLogs logs;
    private final TaskSecrets secrets;
    private final JdbcLeases leases;
    private final Settler settler;
    private final Attempts attempts = new Attempts();
    private final Slots slots;
    private final Appetite appetite;
    private final Claimer claimer;
    private final Heart heart;
    private final Stubborn stubborn;
    private final Bell settled = new Bell();
    private final ScheduledThreadPoolExecutor timer;
    private final Deadlines deadlines;
    private boolean started;
    private boolean stopped;

    public TaskWorker(
            WorkerSettings settings, Collection<TaskHandler> handlers, Engine engine, WorkerListener listener) {
        this.settings = settings;
        this.clock = new SteadyClock(engine.clock());
        this.logs = engine.logs();
        this.secrets = engine.secrets();
        this.leases = new JdbcLeases(JdbcClient.create(engine.database()));
        this.runner = new AttemptRunner(
                handlers.stream().collect(Collectors.toMap(TaskHandler::type, Function.identity())),
                engine.lifecycle(),
                engine.largeResults(),
                listener);
        var rounds = new JdbcRounds(engine.database());
        this.slots = new Slots(settings, this::start);
        this.appetite = new Appetite(settings, attempts::byWorkspace, slots::waiting);
        this.claimer = new Claimer(settings, rounds, appetite, engine.signals(), this::take);
        this.settler = new Settler(rounds, claimer, engine.signals(), settings);
        this.heart = new Heart(settings, leases, attempts, slots);
        this.stubborn = new Stubborn(settings.lease());
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("task-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        this.deadlines = new Deadlines(timer, attempts::running);
        engine.signals().onCancel(task -> attempts.running(task).ifPresent(it -> it.stop(StopReason.CANCELLED)));
    }

    public synchronized void start() {
        if (!started && !stopped) {
            started = true;
            long beat = settings.beat().toMillis();
            var _ = timer.scheduleWithFixedDelay(
                    () -> Thread.ofVirtual().name("task-beat").start(heart::beat), 0, beat, TimeUnit.MILLISECONDS);
            var _ = timer.scheduleWithFixedDelay(this::abandonStubborn, beat, beat, TimeUnit.MILLISECONDS);
            var _ = timer.scheduleWithFixedDelay(
                    this::handBackLate, LATE.toMillis(), LATE.toMillis(), TimeUnit.MILLISECONDS);
            claimer.start();
        }
    }

    /** How many handlers run at this moment. */
    public int active() {
        return slots.busy();
    }

    public synchronized void stop(Duration grace) throws InterruptedException {
        if (stopped) {
            return;
        }
        stopped = true;
        claimer.stop();
        handBackWaitingSince(System.nanoTime());
        if (!allSettledWithin(grace)) {
            handBackWaitingSince(System.nanoTime());
            attempts.running().forEach(attempt -> attempt.stop(StopReason.HANDED_BACK));
            if (!allSettledWithin(TO_STOP)) {
                LOG.warn("{} tasks did not stop; another worker takes them when their leases end", slots.busy());
            }
        }
        settler.close();
        timer.shutdownNow();
        if (started) {
            goodbye();
        }
    }

    private void goodbye() {
        try {
            leases.gone(settings.name());
        } catch (RuntimeException away) {
            LOG.debug("the worker could not say goodbye; it is forgotten by itself", away);
        }
    }

    private boolean allSettledWithin(Duration time) throws InterruptedException {
        Instant end = clock.instant().plus(time);
        while (!attempts.isEmpty()) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            settled.await(left);
        }
        return true;
    }

    /** One that cannot even be started fails, the others start: nobody else would ever say of it that it began. */
    private boolean take(ClaimedTask task) {
        try {
            hold(new Attempt(
                    task,
                    clock,
                    logs,
                    (id, number, state) -> leases.checkpoint(id, number, state, settings.lease()),
                    secrets));
            return true;
        } catch (RuntimeException | Error failure) {
            LOG.error("task {} cannot be started", task.id(), failure);
            settler.settle(runner.notStarted(task, failure), _ -> {});
            return false;
        }
    }

    private void hold(Attempt attempt) {
        attempts.add(attempt);
        try {
            deadlines.watch(attempt);
            slots.take(attempt);
        } catch (RuntimeException | Error failure) {
            attempts.returned(attempt);
            attempts.settled(attempt);
            throw failure;
        }
    }

    private void start(Attempt attempt) {
        Thread.ofVirtual().name("task-" + attempt.task()).start(() -> runAndSettle(attempt));
    }

    /** Others may have slots for what was claimed ahead when handlers took longer than they used to. */
    private void handBackLate() {
        if (handBackWaitingSince(System.nanoTime() - LATE.toNanos())) {
            appetite.aheadInVain();
        }
    }

    private boolean handBackWaitingSince(long moment) {
        List<Attempt> late = slots.takeWaitingSince(moment);
        for (Attempt attempt : late) {
            handBack(attempt);
            claimer.release();
        }
        return !late.isEmpty();
    }

    private void handBack(Attempt attempt) {
        if (attempts.ends(attempt)) {
            settler.settle(runner.handBack(attempt), _ -> forget(attempt));
            attempts.returned(attempt);
        } else {
            attempts.returned(attempt);
            attempts.forget(attempt);
        }
    }

    /**
     * Of a task whose worker was lost before it is written down first: it may be the reason, and what is claimed ahead with it and
     * never begins must not pay for that.
     */
    private boolean mayBegin(Attempt attempt) {
        if (attempt.claimed().standing().losses() == 0) {
            return true;
        }
        try {
            return leases.begin(attempt.task(), attempt.attempt());
        } catch (RuntimeException | Error away) {
            LOG.warn("task {} is handed back, since it cannot be written down that it begins", attempt.task(), away);
            return false;
        }
    }

    private void abandonStubborn() {
        for (Attempt attempt : stubborn.among(attempts.running(), System.nanoTime())) {
            @Nullable StopReason stop = attempt.stopReason();
            if (stop != null && attempts.ends(attempt)) {
                Thread.ofVirtual().name("task-abandon-" + attempt.task()).start(() -> {
                    Settlement settlement = runner.abandon(attempt, stop);
                    settler.settle(settlement, outcome -> {
                        try {
                            runner.ended(attempt, outcome);
                        } finally {
                            attempts.settled(attempt);
                            settled.ring();
                        }
                    });
                });
            }
        }
    }

    /** The slot is free when the handler has returned, and the round that settles the task fills it again. */
    private void runAndSettle(Attempt attempt) {
        if (!mayBegin(attempt)) {
            handBack(attempt);
            slots.free(attempt);
            claimer.release();
            return;
        }
        long start = System.nanoTime();
        Settlement settlement = runner.run(attempt);
        if (!attempts.ends(attempt)) {
            leave(attempt);
            attempts.forget(attempt);
        } else if (settlement == null) {
            leave(attempt);
            ended(attempt, new Settled.Stale(attempt.task()));
        } else {
            attempts.returned(attempt);
            slots.free(attempt);
            claimer.ending(Duration.ofNanos(System.nanoTime() - start));
            settler.settle(settlement, outcome -> ended(attempt, outcome));
        }
    }

    private void leave(Attempt attempt) {
        attempts.returned(attempt);
        slots.free(attempt);
        claimer.release();
    }

    private void ended(Attempt attempt, Settled outcome) {
        try {
            runner.ended(attempt, outcome);
        } finally {
            forget(attempt);
        }
    }

    private void forget(Attempt attempt) {
        attempts.settled(attempt);
        attempts.forget(attempt);
        settled.ring();
    }

    /** What a worker works with; whoever made the parts closes them. */
    public record Engine(
            JdbcOperations database,
            TaskSignals signals,
            TaskLifecycle lifecycle,
            InstantSource clock,
            TaskLogs logs,
            LargeResults largeResults,
            TaskSecrets secrets) {

        /** Without secrets. */
        public Engine(
                JdbcOperations database,
                TaskSignals signals,
                TaskLifecycle lifecycle,
                InstantSource clock,
                TaskLogs logs,
                LargeResults largeResults) {
            this(database, signals, lifecycle, clock, logs, largeResults, TaskSecrets.NONE);
        }

        /** Without logs, object storage and secrets. */
        public Engine(JdbcOperations database, TaskSignals signals, TaskLifecycle lifecycle, InstantSource clock) {
            this(database, signals, lifecycle, clock, TaskLogs.NONE, LargeResults.NONE);
        }
    }
}
