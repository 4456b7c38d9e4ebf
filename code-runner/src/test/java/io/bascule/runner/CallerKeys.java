package io.bascule.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Services with keys that the runner trusts. */
final class CallerKeys {

    private CallerKeys() {}

    /** Makes a key for the service and trusts it. */
    static KeyPair trust(Path directory, String service) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String base64 = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        Files.writeString(
                directory.resolve(service + ".pem"),
                "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        return pair;
    }

    static String token(KeyPair key, String service, String audience) throws JoseException {
        var claims = new JwtClaims();
        claims.setIssuer(service);
        claims.setSubject(service + "-0");
        claims.setAudience(audience);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(1);
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        signature.setHeader("typ", "bascule-service+jwt");
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivate());
        return signature.getCompactSerialization();
    }
}
