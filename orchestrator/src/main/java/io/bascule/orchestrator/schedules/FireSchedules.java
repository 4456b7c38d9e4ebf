package io.bascule.orchestrator.schedules;

import io.bascule.orchestrator.leadership.LeaderStep;
import io.bascule.orchestrator.leadership.Leadership;
import io.bascule.orchestrator.schedules.RunDueSchedules.Pass;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcDueSchedules;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the schedules that are due, a batch in a transaction that the leader in force alone can commit. A schedule that cannot
 * be read or whose task cannot be stored is stopped with the reason, so that it does not hold up the others.
 */
final class FireSchedules implements LeaderStep {

    private static final Logger log = LoggerFactory.getLogger(FireSchedules.class);

    private static final int BATCH = 20;

    private final RunDueSchedules run;
    private final JdbcDueSchedules schedules;
    private final Leadership leadership;
    private final TransactionTemplate transaction;
    private final TaskSignals signals;

    FireSchedules(
            RunDueSchedules run,
            JdbcDueSchedules schedules,
            Leadership leadership,
            TransactionTemplate transaction,
            TaskSignals signals) {
        this.run = run;
        this.schedules = schedules;
        this.leadership = leadership;
        this.transaction = transaction;
        this.signals = signals;
    }

    @Override
    public String name() {
        return "fire-schedules";
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(250);
    }

    @Override
    public boolean step(long fence) {
        try {
            return fire(fence, null) == BATCH;
        } catch (DataIntegrityViolationException | IllegalArgumentException unusable) {
            log.debug("One of a batch of schedules cannot be used", unusable);
            schedules.ids(BATCH).forEach(id -> fireAlone(fence, id));
            return false;
        }
    }

    /** Returns how many schedules were due. Workers are woken after the commit. */
    private int fire(long fence, @Nullable UUID only) {
        Pass pass = transaction.execute(_ -> {
            leadership.hold(fence);
            schedules
                    .pauseOfDisabledOwners()
                    .forEach(name -> log.info("Schedule {} is paused, as its owner is disabled", name));
            return run.run(BATCH, only);
        });
        signals.wake(pass.tasks().stream().map(NewTask::lane));
        return pass.schedules();
    }

    private void fireAlone(long fence, UUID schedule) {
        try {
            fire(fence, schedule);
        } catch (DataIntegrityViolationException | IllegalArgumentException unusable) {
            log.warn("Schedule {} cannot be used and is stopped: {}", schedule, reason(unusable));
            transaction.executeWithoutResult(_ -> {
                leadership.hold(fence);
                schedules.stop(schedule, "It was stopped, as it cannot be used: " + reason(unusable));
            });
        }
    }

    /** Of a store's refusal the first line, as the others may hold the row and with it the task's input. */
    private static String reason(RuntimeException unusable) {
        return String.valueOf(
                        NestedExceptionUtils.getMostSpecificCause(unusable).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
