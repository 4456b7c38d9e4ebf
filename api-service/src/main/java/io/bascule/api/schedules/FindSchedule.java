package io.bascule.api.schedules;

import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.caller.Caller;
import io.bascule.api.naming.Names;
import io.bascule.api.revisions.Revision;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.store.JdbcSchedules;
import org.springframework.stereotype.Component;

/** Looks up a schedule of the caller's workspace by id or name; another workspace's does not exist. */
@Component
class FindSchedule {

    private final JdbcSchedules schedules;

    FindSchedule(JdbcSchedules schedules) {
        this.schedules = schedules;
    }

    Schedule require(Caller caller, String idOrName) {
        return Names.asId(idOrName)
                .map(id -> schedules.find(caller.workspace(), id))
                .orElseGet(() -> schedules.find(caller.workspace(), idOrName))
                .orElseThrow(() -> unknown(idOrName));
    }

    /** Until the caller's transaction ends nobody else changes or runs it. */
    Schedule lock(Caller caller, String idOrName) {
        return schedules
                .lock(caller.workspace(), require(caller, idOrName).id())
                .orElseThrow(() -> unknown(idOrName));
    }

    /** Runs do not change it. */
    static Revision revision(Schedule schedule) {
        return new Revision(schedule.version());
    }

    static Target target(Schedule schedule) {
        return new Target("schedule", schedule.id().toString(), schedule.name());
    }

    private static ProblemException unknown(String idOrName) {
        return new ProblemException(
                ScheduleProblem.SCHEDULE_NOT_FOUND,
                "No schedule of this workspace has the id or name %s".formatted(Names.shown(idOrName)));
    }
}
