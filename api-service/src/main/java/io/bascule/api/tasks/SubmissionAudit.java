package io.bascule.api.tasks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.store.SubmissionJournal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Writes who submitted what, in one statement a group and in the transaction that inserts the tasks. */
@Component
class SubmissionAudit implements SubmissionJournal {

    private final AuditLog audit;
    private final Map<UUID, AuditEvent> expected = new ConcurrentHashMap<>();

    SubmissionAudit(AuditLog audit) {
        this.audit = audit;
    }

    /** Runs the submit of a task, whose acceptance is recorded as the caller's deed. */
    <T> T submittedBy(Caller caller, NewTask task, Supplier<T> submit) {
        return submittedBy(caller, List.of(task), submit);
    }

    /** The same for the tasks of one request. */
    <T> T submittedBy(Caller caller, List<NewTask> tasks, Supplier<T> submit) {
        tasks.forEach(task ->
                expected.put(task.id(), AuditEvent.allowed(caller, "task.submit", target(task.id(), task.type()))));
        try {
            return submit.get();
        } finally {
            tasks.forEach(task -> expected.remove(task.id()));
        }
    }

    @Override
    public void record(List<NewTask> accepted) {
        audit.recordAll(accepted.stream().map(this::event).toList());
    }

    static Target target(UUID id, String type) {
        return new Target("task", id.toString(), type);
    }

    private AuditEvent event(NewTask task) {
        AuditEvent event = expected.get(task.id());
        if (event == null) {
            throw new IllegalStateException("nobody is known to submit task " + task.id());
        }
        return event;
    }
}
