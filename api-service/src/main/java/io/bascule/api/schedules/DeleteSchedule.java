package io.bascule.api.schedules;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.tasks.schedule.Schedule;
import io.bascule.tasks.store.JdbcSchedules;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a schedule. The tasks it submitted stay. */
@Component
class DeleteSchedule {

    private final JdbcSchedules schedules;
    private final FindSchedule find;
    private final AuditLog audit;

    DeleteSchedule(JdbcSchedules schedules, FindSchedule find, AuditLog audit) {
        this.schedules = schedules;
        this.find = find;
        this.audit = audit;
    }

    @Transactional
    void delete(Caller caller, String idOrName, @Nullable String ifMatch) {
        caller.require(Role.ADMIN);
        Schedule schedule = find.lock(caller, idOrName);
        FindSchedule.revision(schedule).requireMatch(ifMatch);
        schedules.delete(caller.workspace(), schedule.id());
        audit.record(AuditEvent.allowed(caller, "schedule.delete", FindSchedule.target(schedule)));
    }
}
