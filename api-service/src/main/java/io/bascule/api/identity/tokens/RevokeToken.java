package io.bascule.api.identity.tokens;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.identity.TokenRevoked;
import io.bascule.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends one of the caller's tokens; doing so again changes nothing. */
@Component
class RevokeToken {

    private final AccessTokens tokens;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    RevokeToken(AccessTokens tokens, AuditLog audit, ApplicationEventPublisher events, InstantSource clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    void revoke(Caller caller, UUID id) {
        Optional<AccessToken> revoked = tokens.revoke(id, caller.user(), clock.instant());
        revoked.ifPresent(token -> {
            audit.record(AuditEvent.allowed(caller, "token.revoke", new Target("token", id.toString(), token.name())));
            events.publishEvent(new TokenRevoked(id));
        });
        if (revoked.isEmpty() && !tokens.exists(id, caller.user())) {
            throw new ProblemException(TokenProblem.TOKEN_NOT_FOUND, "You have no token with the id " + id);
        }
    }
}
