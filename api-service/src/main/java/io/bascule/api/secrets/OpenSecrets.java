package io.bascule.api.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.CallerProblem;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import io.bascule.api.identity.users.Memberships;
import io.bascule.api.secrets.JdbcSecrets.Opening;
import io.bascule.api.secrets.SecretUse.Running;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Opens secrets for a task that runs, in its submitter's name; each opening is audited before the value leaves. */
@Component
class OpenSecrets {

    private final SecretUse use;
    private final JdbcSecrets secrets;
    private final Memberships memberships;
    private final AuditLog audit;

    OpenSecrets(SecretUse use, JdbcSecrets secrets, Memberships memberships, AuditLog audit) {
        this.use = use;
        this.secrets = secrets;
        this.memberships = memberships;
        this.audit = audit;
    }

    /** An attempt, as the worker says that has it. */
    record Attempt(UUID task, int number, String service) {}

    /** The values by name, for every name. */
    Map<String, String> open(Attempt attempt, Set<String> names, RequestOrigin origin) {
        Running task = use.find(attempt.task(), attempt.number())
                .orElseThrow(() -> new ProblemException(
                        SecretProblem.TASK_NOT_HELD,
                        "Task %s does not run in attempt %d".formatted(attempt.task(), attempt.number())));
        Caller submitter = submitter(task, origin);
        requireAllowed(submitter, task, names, attempt);
        List<Opening> found = secrets.openings(task.workspace(), names);
        requireAll(submitter, names, found);
        Map<String, String> values = new TreeMap<>();
        found.forEach(opening -> values.put(opening.secret().name(), value(opening)));
        audit.recordAll(found.stream()
                .map(opening -> AuditEvent.allowed(submitter, "secret.open", target(opening))
                        .with(details(attempt)))
                .toList());
        return values;
    }

    private Caller submitter(Running task, RequestOrigin origin) {
        Caller submitter = memberships
                .find(task.submitter(), task.workspace())
                .orElseThrow(() -> new ProblemException(
                        CallerProblem.FORBIDDEN, "The task's submitter is no member of its workspace any more"))
                .from(origin);
        submitter.require(Role.OPERATOR);
        return submitter;
    }

    private void requireAllowed(Caller submitter, Running task, Set<String> names, Attempt attempt) {
        Set<String> others = new TreeSet<>(names);
        others.removeAll(task.secrets());
        if (!others.isEmpty()) {
            audit.record(AuditEvent.denied(
                            submitter,
                            "secret.open",
                            new Target("secret", "", others.iterator().next()))
                    .with(details(attempt)));
            throw new ProblemException(
                    SecretProblem.SECRET_NOT_ALLOWED,
                    "The task refers to no secret %s; name it in the task's input as {\"secret\": …}, or declare it in the"
                                    .formatted(String.join(", ", others))
                            + " function's version");
        }
    }

    private static void requireAll(Caller submitter, Set<String> names, List<Opening> found) {
        Set<String> missing = new TreeSet<>(names);
        found.forEach(opening -> missing.remove(opening.secret().name()));
        if (!missing.isEmpty()) {
            throw SecretProblem.unknown(submitter.workspaceName(), String.join(", ", missing));
        }
    }

    private static String value(Opening opening) {
        return opening.secret()
                .open(opening.key())
                .map(bytes -> new String(bytes, UTF_8))
                .orElseThrow(() -> new ProblemException(
                        SecretProblem.SECRET_UNREADABLE,
                        "The secret %s does not open: its row was changed or comes from elsewhere; set it again"
                                .formatted(opening.secret().name())));
    }

    private static Target target(Opening opening) {
        return new Target("secret", opening.id().toString(), opening.secret().name());
    }

    private static Map<String, String> details(Attempt attempt) {
        return Map.of("task", attempt.task().toString(), "service", attempt.service());
    }
}
