package io.bascule.api.identity.users;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Adds a user to the caller's workspace. */
@Component
class CreateUser {

    private final Users users;
    private final Passwords passwords;
    private final AuditLog audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    CreateUser(
            Users users, Passwords passwords, AuditLog audit, TransactionOperations transactions, InstantSource clock) {
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The password is hashed before a connection is taken: it is the slow part. */
    User create(Caller caller, String username, String password, Role role) {
        caller.require(Role.OWNER);
        String hash = passwords.hash(password);
        return transactions.execute(_ -> add(caller, username, hash, role));
    }

    private User add(Caller caller, String username, String hash, Role role) {
        User user = users.add(username, hash, clock.instant())
                .orElseThrow(() -> new ProblemException(
                        UserProblem.USERNAME_TAKEN, "There is already a user named %s".formatted(username)));
        users.enroll(user.id(), caller.workspace(), role);
        Target target = new Target("user", user.id().toString(), username);
        audit.record(AuditEvent.allowed(caller, "user.create", target).with(Map.of("role", role.text())));
        return user.with(role);
    }
}
