package io.bascule.api.schedules;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.tasks.PrepareTask;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.schedule.Schedule.LastRun;
import io.bascule.tasks.store.JdbcSchedules;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Submits a schedule's task now, in the caller's name; its times are not touched, and it may be paused. */
@Component
class RunSchedule {

    private final JdbcSchedules schedules;
    private final FindSchedule find;
    private final PrepareTask prepare;
    private final AuditLog audit;

    RunSchedule(JdbcSchedules schedules, FindSchedule find, PrepareTask prepare, AuditLog audit) {
        this.schedules = schedules;
        this.find = find;
        this.prepare = prepare;
        this.audit = audit;
    }

    /** Returns the task's id when it is committed. */
    UUID run(Caller caller, String idOrName) {
        caller.require(Role.ADMIN);
        Schedule schedule = find.require(caller, idOrName);
        audit.record(AuditEvent.allowed(caller, "schedule.run", FindSchedule.target(schedule)));
        var submitter = new Submitter(caller.user(), caller.username());
        UUID task = prepare.submit(caller, id -> schedule.taskNow(submitter, id));
        schedules.ran(caller.workspace(), schedule.id(), new LastRun(schedules.now(), task));
        return task;
    }
}
