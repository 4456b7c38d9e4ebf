package io.bascule.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Other services of the platform, as the API sees them: each with a key that the API trusts. */
public final class ServiceClients {

    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    private static final Path DIRECTORY = temporaryDirectory();

    private ServiceClients() {}

    /** Where the public keys are. */
    static Path trustedKeys() {
        return DIRECTORY;
    }

    /** A client that has a token of this service, good at this moment of the service's clock. */
    public static ApiClient of(Api api, String service, MovableClock clock) {
        KeyPair key = KEYS.computeIfAbsent(service, ServiceClients::trust);
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(service);
        claims.setSubject(service + "-0");
        claims.setAudience("api-service");
        claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(clock.millis() + 60_000));
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
        token.setHeader("typ", "bascule-service+jwt");
        token.setPayload(claims.toJson());
        token.setKey(key.getPrivate());
        try {
            return api.bearer(token.getCompactSerialization());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair trust(String service) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String encoded = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
            Files.writeString(
                    DIRECTORY.resolve(service + ".pem"),
                    "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
            return pair;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("trusted-keys");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
