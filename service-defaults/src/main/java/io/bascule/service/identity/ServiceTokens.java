package io.bascule.service.identity;

import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Signs tokens with which this service calls others: a JWS (RFC 7515, EdDSA) that is good for 60 s and one audience.
 * Tokens are reused for half their life. Safe for use by many threads.
 */
public class ServiceTokens {

    static final String TYPE = "bascule-service+jwt";
    static final Duration LIFE = Duration.ofSeconds(60);

    private final String service;
    private final String instance;
    private final PrivateKey key;
    private final InstantSource clock;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    ServiceTokens(String service, String instance, PrivateKey key, InstantSource clock) {
        this.service = service;
        this.instance = instance;
        this.key = key;
        this.clock = clock;
    }

    /** A token for {@code Authorization: Bearer …} at the given service. */
    public String tokenFor(String audience) {
        Instant now = clock.instant();
        return issued.compute(
                        audience,
                        (name, old) -> old != null && now.isBefore(old.renewAt())
                                ? old
                                : new Issued(sign(name, now), now.plus(LIFE.dividedBy(2))))
                .token();
    }

    private String sign(String audience, Instant now) {
        var claims = new JwtClaims();
        claims.setIssuer(service);
        claims.setSubject(instance);
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFE).getEpochSecond()));
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setHeader("typ", TYPE);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException("the service key cannot sign", failure);
        }
    }

    private record Issued(String token, Instant renewAt) {}
}
