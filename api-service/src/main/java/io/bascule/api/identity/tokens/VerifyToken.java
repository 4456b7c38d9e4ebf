package io.bascule.api.identity.tokens;

import io.bascule.api.identity.users.BriefCache;
import io.bascule.api.identity.users.Membership;
import io.bascule.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Tells whose token a request carries. What was found is believed for one second, so a revoked token is refused on every
 * pod within two; its last use is written at most once a minute.
 */
@Component
public class VerifyToken {

    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final int REMEMBERED = 10_000;
    private static final Duration BETWEEN_USES = Duration.ofMinutes(1);

    private final AccessTokens tokens;
    private final InstantSource clock;
    private final BriefCache<String, StoredToken> recent;

    VerifyToken(AccessTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
        this.recent = new BriefCache<>(REMEMBERED, BELIEVED, clock);
    }

    /** The token's user in its workspace, or a refusal that says what is the matter with the token. */
    public Membership verify(TokenText text) {
        if (!text.isWellFormed(CreateToken.PREFIX)) {
            throw invalid();
        }
        StoredToken stored = recent.find(HexFormat.of().formatHex(text.hash()), _ -> load(text));
        if (stored.isRevoked()) {
            throw new ProblemException(TokenProblem.TOKEN_REVOKED, "Create another one and use that");
        }
        if (stored.isExpired(clock.instant())) {
            throw new ProblemException(TokenProblem.TOKEN_EXPIRED, "Create another one and use that");
        }
        return Objects.requireNonNull(stored.member());
    }

    private StoredToken load(TokenText text) {
        StoredToken stored = tokens.find(text.hash()).orElseThrow(VerifyToken::invalid);
        Instant now = clock.instant();
        Instant lastUse = stored.token().lastUsedAt();
        Instant aMinuteAgo = now.minus(BETWEEN_USES);
        boolean usable = !stored.isRevoked() && !stored.isExpired(now);
        if (usable && (lastUse == null || !lastUse.isAfter(aMinuteAgo))) {
            tokens.touch(stored.token().id(), now, aMinuteAgo);
        }
        return stored;
    }

    private static ProblemException invalid() {
        return new ProblemException(TokenProblem.TOKEN_INVALID, "Check that the whole token was copied");
    }
}
