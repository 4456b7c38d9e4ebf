package io.bascule.api.identity.sessions;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.identity.users.Membership;
import io.bascule.api.identity.users.Memberships;
import io.bascule.api.identity.users.Passwords;
import io.bascule.api.identity.users.Users;
import io.bascule.api.identity.users.Users.Credentials;
import io.bascule.service.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks a name and a password. An unknown name, a wrong password and a disabled user look the same from outside, in the
 * answer and in the time it takes.
 */
@Component
class SignIn {

    private final Users users;
    private final Memberships memberships;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final AuditLog audit;

    SignIn(Users users, Memberships memberships, Passwords passwords, SignInThrottle throttle, AuditLog audit) {
        this.users = users;
        this.memberships = memberships;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
    }

    /** The user's place in their first workspace; recorded in the audit log before this returns. */
    Membership signIn(String username, String password, RequestOrigin origin) {
        throttle.admit(username, origin.address());
        @Nullable Credentials known = users.findCredentials(username).orElse(null);
        boolean matches = passwords.matches(password, known == null ? null : known.passwordHash());
        Optional<Membership> membership =
                Optional.ofNullable(known).flatMap(credentials -> memberships.findFirst(credentials.user()));
        if (!matches || membership.isEmpty()) {
            recordRefusal(username, known, membership, origin);
            throw new ProblemException(SessionProblem.WRONG_CREDENTIALS, "Check the user name and the password");
        }
        audit.record(AuditEvent.allowed(membership.get().from(origin), "session.create", target(known, username)));
        throttle.forgive(username, origin.address());
        return membership.get();
    }

    private void recordRefusal(
            String username, @Nullable Credentials known, Optional<Membership> membership, RequestOrigin origin) {
        audit.record(new AuditEvent(
                membership.map(Membership::workspace).orElse(null),
                new Actor(Actor.Kind.ANONYMOUS, "", username),
                origin,
                "session.refuse",
                target(known, username),
                Outcome.DENIED,
                Map.of()));
    }

    private static Target target(@Nullable Credentials known, String username) {
        return known == null
                ? new Target("user", "", username)
                : new Target("user", known.user().toString(), known.username());
    }
}
