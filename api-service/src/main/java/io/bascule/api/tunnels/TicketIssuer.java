package io.bascule.api.tunnels;

import io.bascule.api.bridges.Bridge;
import io.bascule.api.keys.PlatformKey;
import io.bascule.api.keys.TicketKeys;
import io.bascule.api.resources.ResourceTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.springframework.stereotype.Component;

/** Signs tickets as docs/protocol/tunnel.md describes them. Safe for use by many threads. */
@Component
class TicketIssuer {

    private static final Duration LIFE = Duration.ofSeconds(60);

    private final TicketKeys keys;
    private final InstantSource clock;

    TicketIssuer(TicketKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A ticket for one bridge and its present boot.
     *
     * @param client thumbprint of the certificate that may take the client end
     */
    String issue(Tunnel tunnel, ResourceTarget target, Bridge bridge, String client) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("bascule");
        claims.setAudience(bridge.id());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFE).getEpochSecond()));
        claims.setStringClaim("boot", bridge.bootId().toString());
        claims.setStringClaim("tunnel", tunnel.id().toString());
        claims.setClaim("epoch", tunnel.epoch());
        claims.setStringClaim("workspace", tunnel.workspace().toString());
        claims.setStringClaim("user", tunnel.user().id().toString());
        claims.setClaim("resource", resource(target));
        claims.setStringClaim("agent", tunnel.agent().id().toString());
        claims.setStringClaim("client", client);
        return sign(claims);
    }

    private static Map<String, Object> resource(ResourceTarget target) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("id", target.id().toString());
        resource.put("name", target.name());
        resource.put("kind", target.kind().text());
        resource.put("host", target.host());
        resource.put("port", target.port());
        return resource;
    }

    private String sign(JwtClaims claims) {
        PlatformKey key = keys.signing();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setHeader("typ", "bascule-ticket+jwt");
        signature.setKeyIdHeaderValue(key.id().toString());
        signature.setKey(key.privateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A ticket cannot be signed", e);
        }
    }
}
