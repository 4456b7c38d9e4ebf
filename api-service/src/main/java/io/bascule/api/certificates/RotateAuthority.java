package io.bascule.api.certificates;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.HomeWorkspace;
import io.bascule.api.caller.Role;
import io.bascule.api.keys.KeyPurpose;
import io.bascule.api.keys.PlatformKeys;
import io.bascule.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts a new certificate authority into the place of the one that signs, without anybody noticing. The new one is made known
 * at once, with every certificate that is issued from now on; it signs when no certificate is good any more that was issued
 * before, and the old one is believed until no certificate of its own is good any more.
 */
@Component
class RotateAuthority {

    /** Longer than any certificate is good, with room for clocks and for pods that hear of it late. */
    static final Duration OVERLAP = Duration.ofDays(31);

    private final PlatformKeys keys;
    private final AuditLog audit;
    private final InstantSource clock;

    RotateAuthority(PlatformKeys keys, AuditLog audit, InstantSource clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns the authorities in force. Refuses with {@code authority-rotation-running} until the last rotation is over. */
    @Transactional
    AuthoritiesInForce rotate(Caller caller) {
        HomeWorkspace.require(caller, Role.OWNER);
        keys.lock(KeyPurpose.AUTHORITY);
        Instant now = clock.instant();
        AuthoritiesInForce before = find(now);
        if (!before.others().isEmpty()) {
            throw new ProblemException(
                    CertificateProblem.AUTHORITY_ROTATION_RUNNING,
                    "The last rotation is over at %s; begin the next one then".formatted(before.end()));
        }
        Instant signsFrom = now.plus(OVERLAP);
        keys.replace(KeyPurpose.AUTHORITY, CertificateAuthority.make(now), signsFrom, signsFrom.plus(OVERLAP));
        AuthoritiesInForce after = find(now);
        Authority next = after.others().getFirst();
        audit.record(AuditEvent.allowed(
                        caller,
                        "authority.rotate",
                        new Target("authority", next.id().toString(), next.fingerprint()))
                .with(Map.of("signsFrom", signsFrom.toString())));
        return after;
    }

    private AuthoritiesInForce find(Instant now) {
        List<Authority> newestFirst =
                keys.find(KeyPurpose.AUTHORITY).stream().map(Authority::of).toList();
        return AuthoritiesInForce.of(newestFirst, now);
    }
}
