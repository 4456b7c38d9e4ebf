package io.bascule.api.identity.users;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.caller.Role;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Makes the first owner once, however many pods start at the same time. */
@Component
class BootstrapOwner implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(BootstrapOwner.class);

    private final BootstrapProperties properties;
    private final Users users;
    private final Passwords passwords;
    private final AuditLog audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    BootstrapOwner(
            BootstrapProperties properties,
            Users users,
            Passwords passwords,
            AuditLog audit,
            TransactionOperations transactions,
            InstantSource clock) {
        this.properties = properties;
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Does nothing when there is any user, or when no first owner is configured. */
    @Override
    public void run(ApplicationArguments arguments) {
        String username = properties.username();
        String password = properties.password();
        if (username != null && password != null && !users.anyExists()) {
            String hash = passwords.hash(password);
            transactions.executeWithoutResult(_ -> addUnlessAnotherPodDid(username, hash));
        }
    }

    private void addUnlessAnotherPodDid(String username, String hash) {
        UUID workspace = users.lockDefaultWorkspace();
        if (users.anyExists()) {
            return;
        }
        User owner = users.add(username, hash, clock.instant()).orElseThrow();
        users.enroll(owner.id(), workspace, Role.OWNER);
        audit.record(new AuditEvent(
                workspace,
                new Actor(Actor.Kind.SERVICE, "api-service", "api-service"),
                new RequestOrigin("", ""),
                "user.create",
                new Target("user", owner.id().toString(), username),
                Outcome.ALLOWED,
                Map.of("role", Role.OWNER.text(), "reason", "bootstrap")));
        log.info("Created the first owner, {}", username);
    }
}
