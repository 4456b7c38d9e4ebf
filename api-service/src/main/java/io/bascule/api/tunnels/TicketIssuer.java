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

    private static final Duration OPENING_LIFE = Duration.ofSeconds(60);
    private static final Duration STANDBY_LIFE = Duration.ofHours(24);

    private final TicketKeys keys;
    private final InstantSource clock;

    TicketIssuer(TicketKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Whose ends a ticket lets in.
     *
     * @param client thumbprint of the certificate that may take the client end
     */
    record Holder(Tunnel tunnel, ResourceTarget target, String client) {}

    /** Lets the tunnel begin on one bridge in its present boot. */
    String opening(Holder holder, Bridge bridge) {
        JwtClaims claims = claims(holder, bridge, OPENING_LIFE);
        claims.setStringClaim("boot", bridge.bootId().toString());
        return sign("bascule-ticket+jwt", claims);
    }

    /** Lets the tunnel go on over one bridge, whatever its boot. */
    String standby(Holder holder, Bridge bridge) {
        return sign("bascule-standby+jwt", claims(holder, bridge, STANDBY_LIFE));
    }

    private JwtClaims claims(Holder holder, Bridge bridge, Duration life) {
        Instant now = clock.instant();
        Tunnel tunnel = holder.tunnel();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("bascule");
        claims.setAudience(bridge.id());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(life).getEpochSecond()));
        claims.setStringClaim("tunnel", tunnel.id().toString());
        claims.setClaim("epoch", tunnel.epoch());
        claims.setStringClaim("workspace", tunnel.workspace().toString());
        claims.setStringClaim("user", tunnel.user().id().toString());
        claims.setClaim("resource", resource(holder.target()));
        claims.setStringClaim("agent", tunnel.agent().id().toString());
        claims.setStringClaim("client", holder.client());
        claims.setStringClaim("inner", holder.target().kind().inner());
        return claims;
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

    private String sign(String type, JwtClaims claims) {
        PlatformKey key = keys.signing();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setHeader("typ", type);
        signature.setKeyIdHeaderValue(key.id().toString());
        signature.setKey(key.privateKey());
        signature.setProviderContext(BouncyCastleSignatures.get());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A ticket cannot be signed", e);
        }
    }
}
