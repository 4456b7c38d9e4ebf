package io.bascule.bridge.testing;

import java.security.PrivateKey;
import java.security.Security;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** A ticket as the API makes it, which a test may spoil before it is signed. */
public final class TestTicket {

    private static final ProviderContext BOUNCY_CASTLE = new ProviderContext();

    static {
        Security.addProvider(new BouncyCastleProvider());
        BOUNCY_CASTLE.getSuppliedKeyProviderContext().setSignatureProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    private TestTicket() {}

    /** What a ticket is for. */
    public record Subject(String bridge, UUID boot, UUID tunnel, UUID agent, String client) {}

    public static String sign(Subject subject, PrivateKey key) {
        return sign(subject, key, _ -> {});
    }

    public static String sign(Subject subject, PrivateKey key, Consumer<JwtClaims> spoil) {
        return sign("bascule-ticket+jwt", subject, key, spoil);
    }

    public static String standby(Subject subject, PrivateKey key) {
        return sign("bascule-standby+jwt", subject, key, claims -> {
            claims.unsetClaim("boot");
            claims.setExpirationTimeMinutesInTheFuture(24 * 60);
        });
    }

    private static String sign(String type, Subject subject, PrivateKey key, Consumer<JwtClaims> spoil) {
        JwtClaims claims = new JwtClaims();
        NumericDate now = NumericDate.now();
        claims.setIssuer("bascule");
        claims.setAudience(subject.bridge());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + 60));
        claims.setClaim("boot", subject.boot().toString());
        claims.setClaim("tunnel", subject.tunnel().toString());
        claims.setClaim("agent", subject.agent().toString());
        claims.setClaim("client", subject.client());
        claims.setClaim("epoch", 1);
        claims.setClaim("workspace", "w1");
        claims.setClaim("user", "u1");
        claims.setClaim("resource", Map.of("id", "r1", "name", "db", "kind", "tcp", "host", "127.0.0.1", "port", 5432));
        spoil.accept(claims);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("EdDSA");
        signature.setHeader("typ", type);
        signature.setKeyIdHeaderValue("k1");
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setProviderContext(BOUNCY_CASTLE);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
