package io.bascule.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.proof.Introductions;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as an agent sees it: takes one join token, signs certificates and tickets. */
final class TestPlatform implements AutoCloseable {

    static final String TOKEN = "bsc_join_good";
    static final String USED_TOKEN = "bsc_join_used";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final UUID agent = UUID.randomUUID();
    final AtomicInteger joins = new AtomicInteger();
    final AtomicInteger notReadyFor = new AtomicInteger();
    private final HttpServer server;
    final AtomicInteger renewals = new AtomicInteger();
    final AtomicInteger renewalsRefused = new AtomicInteger();
    private final X509Certificate authority;
    private volatile Signer signer = new Signer("CN=Test authority", newKey());
    private volatile boolean awayForRenewals;
    private volatile Duration agentLife = Duration.ofHours(1);
    private final EndCredentials client;
    private final KeyPair ticketKey;
    private final List<X509Certificate> trusted = new CopyOnWriteArrayList<>();
    private final List<FakeBridge> bridges = new CopyOnWriteArrayList<>();

    TestPlatform() throws IOException, GeneralSecurityException {
        authority = authority(signer);
        trusted.add(authority);
        KeyPair clientKey = newKey();
        client = new EndCredentials(
                clientKey.getPrivate(),
                List.of(sign("OU=client,CN=" + UUID.randomUUID(), clientKey.getPublic(), null)),
                List.of(authority));
        ticketKey = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 10);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/agents:join", this::join);
        server.createContext("/api/v1/agents:renew", this::renew);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeBridge startBridge(String id) throws Exception {
        KeyPair key = newKey();
        FakeBridge bridge = FakeBridge.start(
                id, key.getPrivate(), sign("OU=bridge,CN=" + id, key.getPublic(), id + ".test"), trusted);
        bridges.add(bridge);
        return bridge;
    }

    /** From now on a new authority signs, and both are to be trusted. */
    void rotateAuthority() {
        signer = new Signer("CN=Next test authority", newKey());
        trusted.addFirst(authority(signer));
    }

    /** Agents' certificates are good for so long from now on. */
    void issueFor(Duration life) {
        agentLife = life;
    }

    void refuseRenewals(boolean refuse) {
        awayForRenewals = refuse;
    }

    String ticket(FakeBridge bridge, UUID tunnel, String host, int port) {
        return ticket(bridge, tunnel, host, port, _ -> {});
    }

    String ticket(FakeBridge bridge, UUID tunnel, String host, int port, Consumer<JwtClaims> spoil) {
        JwtClaims claims = new JwtClaims();
        NumericDate now = NumericDate.now();
        claims.setIssuer("bascule");
        claims.setAudience(bridge.id());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + 60));
        claims.setClaim("boot", UUID.randomUUID().toString());
        claims.setClaim("tunnel", tunnel.toString());
        claims.setClaim("agent", agent.toString());
        claims.setClaim("client", OtherEnd.thumbprint(client.certificateChain().getFirst()));
        claims.setClaim("epoch", 1);
        claims.setClaim("workspace", "w1");
        claims.setClaim("user", "u1");
        claims.setClaim("resource", Map.of("id", "r1", "name", "db", "kind", "tcp", "host", host, "port", port));
        spoil.accept(claims);
        return signed(claims.toJson(), ticketKey);
    }

    /** The client end of a tunnel, as far as it proves itself. */
    Introductions clientOf(UUID tunnel) {
        EndCredentials today = new EndCredentials(client.privateKey(), client.certificateChain(), trusted);
        return new Introductions(tunnel, EndRole.CLIENT, today, new OtherEnd.Agent(agent));
    }

    /** Lets a tunnel go on that was opened before. */
    String standby(FakeBridge bridge, UUID tunnel) throws GeneralSecurityException {
        String opening = ticket(bridge, tunnel, "127.0.0.1", 1, claims -> claims.unsetClaim("boot"));
        String payload = new String(Base64.getUrlDecoder().decode(opening.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        return signed("bascule-standby+jwt", payload, ticketKey);
    }

    /** Signed, but not by the platform. */
    String forgedTicket(FakeBridge bridge, UUID tunnel, int port) throws GeneralSecurityException {
        String genuine = ticket(bridge, tunnel, "127.0.0.1", port);
        String payload = new String(Base64.getUrlDecoder().decode(genuine.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        return signed(payload, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    @Override
    public void close() {
        bridges.forEach(FakeBridge::stop);
        server.stop(0);
    }

    private static String signed(String payload, KeyPair key) {
        return signed("bascule-ticket+jwt", payload, key);
    }

    private static String signed(String type, String payload, KeyPair key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("EdDSA");
        signature.setHeader("typ", type);
        signature.setKeyIdHeaderValue("k1");
        signature.setPayload(payload);
        signature.setKey(key.getPrivate());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void join(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            joins.incrementAndGet();
            if (notReadyFor.getAndDecrement() > 0) {
                answer(exchange, 503, Map.of("code", "no-bridge", "detail", "No bridge is up yet"));
            } else if (request.get("joinToken").asString().equals(USED_TOKEN)) {
                answer(exchange, 401, Map.of("code", "join-token-used", "detail", "Make a new one."));
            } else {
                answer(
                        exchange,
                        200,
                        joined(request.get("certificateSigningRequest").asString()));
            }
        }
    }

    private void renew(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            if (awayForRenewals) {
                renewalsRefused.incrementAndGet();
                answer(exchange, 503, Map.of("code", "database-away", "detail", "Not now"));
                return;
            }
            String wanted = request.get("certificateSigningRequest").asString();
            if (!isSigned("bascule-renew-1\n" + wanted, request)) {
                answer(exchange, 401, Map.of("code", "agent-certificate-not-held", "detail", "Not signed"));
                return;
            }
            Map<String, Object> renewed = joined(wanted);
            answer(
                    exchange,
                    200,
                    Map.of(
                            "certificate", renewed.get("certificate"),
                            "authorities", renewed.get("authorities"),
                            "ticketKeys", renewed.get("ticketKeys")));
            renewals.incrementAndGet();
        }
    }

    private boolean isSigned(String text, JsonNode request) {
        try {
            var certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            request.get("certificate").asString().getBytes(StandardCharsets.US_ASCII)));
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(certificate);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(
                    Base64.getDecoder().decode(request.get("signature").asString()));
        } catch (GeneralSecurityException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private Map<String, Object> joined(String request) throws IOException {
        List<Map<String, String>> known = new ArrayList<>();
        bridges.forEach(bridge -> known.add(
                Map.of("id", bridge.id(), "address", bridge.location().address(), "authority", bridge.id() + ".test")));
        String key = Base64.getEncoder().encodeToString(ticketKey.getPublic().getEncoded());
        return Map.of(
                "agent", Map.of("id", agent.toString(), "name", "berlin"),
                "workspace", "default",
                "certificate", pem(signer.sign("OU=agent,CN=" + agent, publicKey(request), null, agentLife)),
                "authorities", pems(trusted),
                "ticketKeys", List.of(Map.of("id", "k1", "publicKey", key)),
                "bridges", known);
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] json = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    private static PublicKey publicKey(String request) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(request))) {
            return new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject()).getPublicKey();
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(object);
            writer.flush();
            return pem.toString();
        }
    }

    private static String pems(List<X509Certificate> certificates) throws IOException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(pem(certificate));
        }
        return text.toString();
    }

    private X509Certificate sign(String subject, PublicKey key, @Nullable String dnsName) {
        return signer.sign(subject, key, dnsName, Duration.ofHours(1));
    }

    private static X509Certificate authority(Signer signer) {
        return signer.sign(signer.name(), signer.key().getPublic(), null, Duration.ofHours(1));
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
