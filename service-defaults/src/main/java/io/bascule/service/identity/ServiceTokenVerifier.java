package io.bascule.service.identity;

import io.bascule.service.problem.ProblemException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Checks tokens that {@link ServiceTokens} made: known issuer, its key, this audience, not expired. A signature that was found right
 * is not computed again for the same token; whether its key is still trusted is. Safe for use by many threads.
 */
public class ServiceTokenVerifier {

    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int MOST_REMEMBERED = 1_000;

    private final String audience;
    private final TrustedKeys trusted;
    private final InstantSource clock;
    private final Map<String, Verified> remembered = new ConcurrentHashMap<>();

    ServiceTokenVerifier(String audience, TrustedKeys trusted, InstantSource clock) {
        this.audience = audience;
        this.trusted = trusted;
        this.clock = clock;
    }

    /** Who signed the token; ends the request with {@code service-token-invalid} when nobody we trust did. */
    public ServiceCaller verify(String token) {
        Verified known = remembered.get(token);
        return known != null && isStillGood(known) ? known.caller() : compute(token);
    }

    private boolean isStillGood(Verified known) {
        return clock.instant().isBefore(known.until())
                && trusted.of(known.caller().service()).contains(known.key());
    }

    private ServiceCaller compute(String token) {
        String issuer = claimedIssuer(token);
        List<PublicKey> keys = trusted.of(issuer);
        for (PublicKey key : keys) {
            try {
                return check(token, issuer, key);
            } catch (InvalidJwtException | MalformedClaimException refused) {
                if (keys.getLast().equals(key)) {
                    throw refuse("signature, audience or time is wrong");
                }
            }
        }
        throw refuse("no key is known for its issuer");
    }

    private ServiceCaller check(String token, String issuer, PublicKey key)
            throws InvalidJwtException, MalformedClaimException {
        JwtClaims claims = new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA)
                .setExpectedType(true, ServiceTokens.TYPE)
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireSubject()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build()
                .processToClaims(token);
        var caller = new ServiceCaller(issuer, claims.getSubject());
        Instant expires = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
        remember(token, new Verified(caller, key, expires.plusSeconds(CLOCK_SKEW_SECONDS)));
        return caller;
    }

    private void remember(String token, Verified verified) {
        if (remembered.size() >= MOST_REMEMBERED) {
            Instant now = clock.instant();
            remembered.values().removeIf(old -> !now.isBefore(old.until()));
        }
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(token, verified);
        }
    }

    private static String claimedIssuer(String token) {
        try {
            String issuer = new JwtConsumerBuilder()
                    .setSkipSignatureVerification()
                    .setSkipAllValidators()
                    .setDisableRequireSignature()
                    .build()
                    .processToClaims(token)
                    .getIssuer();
            return issuer == null ? "" : issuer;
        } catch (InvalidJwtException | MalformedClaimException malformed) {
            throw refuse("it is not a token");
        }
    }

    private static ProblemException refuse(String reason) {
        return new ProblemException(IdentityProblem.SERVICE_TOKEN_INVALID, "The token was refused: " + reason + ".");
    }

    private record Verified(ServiceCaller caller, PublicKey key, Instant until) {}
}
