package io.bascule.api.schedules;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.NewId;
import io.bascule.api.schedules.WantedSchedule.Checked;
import io.bascule.api.tasks.PrepareTask;
import io.bascule.api.workspaces.WorkspaceBounds;
import io.bascule.api.workspaces.WorkspaceBounds.Bounded;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.schedule.Occurrence;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.Schedule.Standing;
import io.bascule.tasks.schedule.TaskTemplate;
import io.bascule.tasks.schedule.Timetable;
import io.bascule.tasks.store.JdbcSchedules;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a schedule, or gives it a new state. */
@Component
class PutSchedule {

    private static final String TASK = "/task";

    private final JdbcSchedules schedules;
    private final FindSchedule find;
    private final PrepareTask prepare;
    private final AuditLog audit;
    private final NewId ids;
    private final WorkspaceBounds bounds;

    PutSchedule(
            JdbcSchedules schedules,
            FindSchedule find,
            PrepareTask prepare,
            AuditLog audit,
            NewId ids,
            WorkspaceBounds bounds) {
        this.schedules = schedules;
        this.find = find;
        this.prepare = prepare;
        this.audit = audit;
        this.ids = ids;
        this.bounds = bounds;
    }

    @Transactional
    Schedule create(Caller caller, WantedSchedule wanted) {
        caller.require(Role.ADMIN);
        Checked checked = wanted.check();
        TaskTemplate task = TaskTemplate.of(prepare.prepare(caller, wanted.task(), TASK));
        bounds.requireRoom(caller, Bounded.SCHEDULES);
        Instant now = schedules.now();
        var timetable = new Timetable(ids.next(), checked.when(), now, checked.jitter(), checked.missedRuns());
        Occurrence first = first(timetable, now);
        boolean paused = Boolean.TRUE.equals(wanted.paused());
        var owner = new Submitter(caller.user(), caller.username());
        var standing = new Standing(owner, now, now, paused ? now : null, paused ? null : first, null, null);
        var schedule = new Schedule(
                timetable.schedule(), caller.workspace(), checked.name(), timetable, task, owner, standing, 0);
        if (!schedules.insert(schedule)) {
            throw taken(checked.name());
        }
        audit.record(AuditEvent.allowed(caller, "schedule.create", FindSchedule.target(schedule)));
        return find.require(caller, schedule.id().toString());
    }

    @Transactional
    Schedule change(Caller caller, String idOrName, @Nullable String ifMatch, WantedSchedule wanted) {
        caller.require(Role.ADMIN);
        Checked checked = wanted.check();
        TaskTemplate task = TaskTemplate.of(prepare.prepare(caller, wanted.task(), TASK));
        Schedule before = find.lock(caller, idOrName);
        FindSchedule.revision(before).requireMatch(ifMatch);
        Timetable timetable = changed(before.timetable(), checked);
        Schedule after = new Schedule(
                before.id(),
                before.workspace(),
                checked.name(),
                timetable,
                task,
                new Submitter(caller.user(), caller.username()),
                standing(before, timetable, wanted.paused()),
                before.version());
        store(after);
        audit.record(AuditEvent.allowed(caller, "schedule.update", FindSchedule.target(after)));
        return find.require(caller, before.id().toString());
    }

    /** Intervals are counted anew only when they change. */
    private Timetable changed(Timetable before, Checked wanted) {
        Instant anchor = wanted.when().equals(before.when()) ? before.anchor() : schedules.now();
        return new Timetable(before.schedule(), wanted.when(), anchor, wanted.jitter(), wanted.missedRuns());
    }

    /** What was due next stays so unless the times change. */
    private Standing standing(Schedule before, Timetable timetable, @Nullable Boolean paused) {
        Standing standing = before.standing();
        Instant now = schedules.now();
        Occurrence first = first(timetable, now);
        boolean sameTimes = timetable.when().equals(before.timetable().when())
                && timetable.jitter().equals(before.timetable().jitter());
        Occurrence next = sameTimes && standing.next() != null ? standing.next() : first;
        boolean rests = paused == null ? standing.pausedAt() != null : paused;
        return rests ? standing.pausedSince(now) : standing.going(next);
    }

    private static Occurrence first(Timetable timetable, Instant now) {
        return timetable.after(now).orElseThrow(WantedSchedule::never);
    }

    private void store(Schedule schedule) {
        try {
            schedules.update(schedule);
        } catch (DuplicateKeyException taken) {
            throw taken(schedule.name());
        }
    }

    private static ProblemException taken(String name) {
        return new ProblemException(
                ScheduleProblem.SCHEDULE_NAME_TAKEN,
                "There is a schedule %s already; choose another name".formatted(name));
    }
}
