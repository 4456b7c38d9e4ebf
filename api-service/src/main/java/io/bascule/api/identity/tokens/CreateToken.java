package io.bascule.api.identity.tokens;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a token that acts for the caller in their workspace, with their role at the time of each request. */
@Component
class CreateToken {

    static final String PREFIX = "bsc_pat_";

    private final AccessTokens tokens;
    private final AuditLog audit;
    private final InstantSource clock;

    CreateToken(AccessTokens tokens, AuditLog audit, InstantSource clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** The only time its text is known. */
    record Created(AccessToken token, TokenText text) {}

    @Transactional
    Created create(Caller caller, String name, Optional<Duration> life) {
        TokenText text = TokenText.random(PREFIX);
        Instant now = clock.instant();
        var newToken =
                new AccessTokens.NewToken(name, text, now, life.map(now::plus).orElse(null));
        AccessToken token = tokens.add(caller.user(), caller.workspace(), newToken);
        Target target = new Target("token", token.id().toString(), name);
        audit.record(AuditEvent.allowed(caller, "token.create", target));
        return new Created(token, text);
    }
}
