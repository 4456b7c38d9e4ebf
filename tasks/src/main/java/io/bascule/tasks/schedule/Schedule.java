package io.bascule.tasks.schedule;

import io.bascule.tasks.NewTask;
import io.bascule.tasks.Submitter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that is submitted again and again.
 *
 * @param owner whoever wrote it last; its tasks are submitted in their name
 * @param version grows with every change by people, not with its runs
 */
public record Schedule(
        UUID id,
        UUID workspace,
        String name,
        Timetable timetable,
        TaskTemplate task,
        Submitter owner,
        Standing standing,
        long version) {

    public Schedule with(Standing changed) {
        return new Schedule(id, workspace, name, timetable, task, owner, changed, version);
    }

    /** The task of one occurrence; while it lives, no second one is accepted for the same occurrence. */
    public NewTask taskOf(Occurrence occurrence, UUID taskId) {
        return task.task(taskId, workspace, name, owner, "schedule:%s:%s".formatted(id, occurrence.at()));
    }

    /** A task outside the times, submitted by somebody. */
    public NewTask taskNow(Submitter by, UUID taskId) {
        return task.task(taskId, workspace, name, by, null);
    }

    /**
     * Where it stands, by the database's clock.
     *
     * @param pausedAt null unless it is paused
     * @param next null while it is paused, and when no time is left
     */
    public record Standing(
            Submitter createdBy,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant pausedAt,
            @Nullable Occurrence next,
            @Nullable LastRun lastRun,
            @Nullable LastError lastError) {

        /** Resting from now on, or from when it was paused first. */
        public Standing pausedSince(Instant now) {
            Instant since = pausedAt == null ? now : pausedAt;
            return new Standing(createdBy, createdAt, updatedAt, since, null, lastRun, lastError);
        }

        /** Not paused. */
        public Standing going(@Nullable Occurrence following) {
            return new Standing(createdBy, createdAt, updatedAt, null, following, lastRun, lastError);
        }
    }

    /** The task it submitted last. */
    public record LastRun(Instant at, UUID task) {}

    /** Why its last run did not come about; forgotten with the next one that does. */
    public record LastError(Instant at, String message) {}
}
