package io.bascule.api.schedules;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.When;
import io.bascule.tasks.store.JdbcSchedules;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets a schedule rest, or go on. What passes while it rests is not missed: it goes on with the first time after it. */
@Component
class PauseSchedule {

    private final JdbcSchedules schedules;
    private final FindSchedule find;
    private final AuditLog audit;

    PauseSchedule(JdbcSchedules schedules, FindSchedule find, AuditLog audit) {
        this.schedules = schedules;
        this.find = find;
        this.audit = audit;
    }

    /** Pausing what is paused changes nothing. */
    @Transactional
    Schedule pause(Caller caller, String idOrName) {
        caller.require(Role.ADMIN);
        Schedule schedule = find.lock(caller, idOrName);
        return schedule.standing().pausedAt() != null
                ? schedule
                : store(caller, schedule.with(schedule.standing().pausedSince(schedules.now())), "schedule.pause");
    }

    /** Resuming what has a next run changes nothing. */
    @Transactional
    Schedule resume(Caller caller, String idOrName) {
        caller.require(Role.ADMIN);
        Schedule schedule = find.lock(caller, idOrName);
        if (schedule.standing().next() != null) {
            return schedule;
        }
        if (schedule.timetable().when() instanceof When.Unreadable unreadable) {
            throw new ProblemException(
                    ScheduleProblem.SCHEDULE_UNREADABLE, "%s; change its times first".formatted(unreadable.reason()));
        }
        var next = schedule.timetable().after(schedules.now()).orElse(null);
        return store(caller, schedule.with(schedule.standing().going(next)), "schedule.resume");
    }

    private Schedule store(Caller caller, Schedule schedule, String action) {
        schedules.update(schedule);
        audit.record(AuditEvent.allowed(caller, action, FindSchedule.target(schedule)));
        return find.require(caller, schedule.id().toString());
    }
}
