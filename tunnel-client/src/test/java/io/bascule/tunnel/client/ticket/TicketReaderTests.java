package io.bascule.tunnel.client.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketReaderTests {

    private static final Instant ISSUED = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(ISSUED);
    private final TicketKeys keys = new TicketKeys();
    private final TicketReader reader = new TicketReader(keys, now::get);
    private KeyPair pair;

    @BeforeEach
    void oneKeyIsKnown() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        keys.replace(
                Map.of("k1", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())));
    }

    @Test
    void aTicketIsReadWhole() {
        UUID tunnel = UUID.randomUUID();

        assertThat(reader.read(signed(claims -> claims.setClaim("tunnel", tunnel.toString()))))
                .isInstanceOfSatisfying(TicketCheck.Good.class, good -> {
                    assertThat(good.ticket().tunnel()).isEqualTo(tunnel);
                    assertThat(good.ticket().bridge()).isEqualTo("bridge-0");
                    assertThat(good.ticket().epoch()).isEqualTo(1);
                    assertThat(good.ticket().target())
                            .isEqualTo(new Ticket.Target("r1", "db", "postgres", "127.0.0.1", 5432));
                    assertThat(good.ticket().expiresAt()).isEqualTo(ISSUED.plusSeconds(60));
                });
    }

    @Test
    void aStandbyTicketOutlivesItsBridgesRestartAndIsGoodAboveItsEpochOnly() {
        String standby = signed(claims -> claims.unsetClaim("boot"), "bascule-standby+jwt");

        assertThat(reader.read(standby)).isInstanceOfSatisfying(TicketCheck.Good.class, good -> {
            assertThat(good.ticket().use()).isEqualTo(Ticket.Use.STANDBY);
            assertThat(good.ticket().boot()).isNull();
            assertThat(good.ticket().allows(1)).isFalse();
            assertThat(good.ticket().allows(2)).isTrue();
        });
    }

    @Test
    void anOpeningTicketIsGoodFromItsEpochOn() {
        assertThat(reader.read(signed(claims -> claims.setClaim("epoch", 3))))
                .isInstanceOfSatisfying(TicketCheck.Good.class, good -> {
                    assertThat(good.ticket().allows(2)).isFalse();
                    assertThat(good.ticket().allows(3)).isTrue();
                });
    }

    @Test
    void aTicketEndsThirtySecondsAfterItsTime() {
        String ticket = signed(_ -> {});

        now.set(ISSUED.plusSeconds(89));
        assertThat(reader.read(ticket)).isInstanceOf(TicketCheck.Good.class);
        now.set(ISSUED.plusSeconds(90));
        assertThat(reason(ticket)).startsWith("ticket: expired");
    }

    @Test
    void aTicketFromTheFutureIsRefused() {
        String ticket = signed(_ -> {});

        now.set(ISSUED.minusSeconds(31));
        assertThat(reason(ticket)).contains("future");
    }

    @Test
    void aForeignSignatureIsRefused() throws GeneralSecurityException {
        KeyPair known = pair;
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String forged = signed(_ -> {});

        assertThat(reason(forged)).contains("signature");
        pair = known;
        assertThat(reader.read(signed(_ -> {}))).isInstanceOf(TicketCheck.Good.class);
    }

    @Test
    void aKeyThatIsNoLongerNamedIsNotBelieved() {
        String ticket = signed(_ -> {});

        keys.replace(Map.of());

        assertThat(reason(ticket)).contains("not known");
    }

    @Test
    void aTicketThatWasReadBeforeIsHeldToItsTimesAndItsKeyAllTheSame() throws GeneralSecurityException {
        String ticket = signed(_ -> {});
        TicketCheck first = reader.read(ticket);

        assertThat(reader.read(ticket)).as("the same again").isEqualTo(first).isInstanceOf(TicketCheck.Good.class);

        now.set(ISSUED.plusSeconds(90));
        assertThat(reason(ticket)).startsWith("ticket: expired");
        now.set(ISSUED);

        KeyPair another = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        keys.replace(Map.of(
                "k1", Base64.getEncoder().encodeToString(another.getPublic().getEncoded())));
        assertThat(reason(ticket)).as("another key of that name").contains("signature");
        keys.replace(Map.of());
        assertThat(reason(ticket)).contains("not known");
    }

    @Test
    void aChangedClaimBreaksTheSignature() {
        String[] parts = signed(_ -> {}).split("\\.", -1);
        String[] others = signed(claims -> claims.setClaim("user", "mallory")).split("\\.", -1);

        assertThat(reason(parts[0] + "." + others[1] + "." + parts[2])).contains("signature");
    }

    @Test
    void anUnsignedTicketIsRefused() {
        String body = signed(_ -> {}).split("\\.", -1)[1];
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"bascule-ticket+jwt\",\"kid\":\"k1\"}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(reader.read(header + "." + body + ".")).isInstanceOf(TicketCheck.Bad.class);
    }

    @Test
    void everyClaimIsNeeded() {
        for (String claim : List.of(
                "iss",
                "aud",
                "boot",
                "jti",
                "tunnel",
                "epoch",
                "workspace",
                "user",
                "resource",
                "agent",
                "client",
                "iat",
                "exp")) {
            assertThat(reader.read(signed(claims -> claims.unsetClaim(claim))))
                    .as(claim)
                    .isInstanceOf(TicketCheck.Bad.class);
        }
    }

    @Test
    void whatIsNoTicketIsRefusedAndNeverThrows() {
        for (String garbage : List.of("", "a", "a.b.c", "....", "\u0000", "eyJhbGciOiJFZERTQSJ9.e30.AA")) {
            assertThat(reader.read(garbage)).as(garbage).isInstanceOf(TicketCheck.Bad.class);
        }
    }

    @Test
    void anotherTypeOfTokenIsNoTicket() {
        assertThat(reason(signed(_ -> {}, "bascule-service+jwt"))).contains("typ");
    }

    private String reason(String ticket) {
        assertThat(reader.read(ticket)).isInstanceOf(TicketCheck.Bad.class);
        return ((TicketCheck.Bad) reader.read(ticket)).reason();
    }

    private String signed(Consumer<JwtClaims> change) {
        return signed(change, "bascule-ticket+jwt");
    }

    private String signed(Consumer<JwtClaims> change, String type) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("bascule");
        claims.setAudience("bridge-0");
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setClaim("iat", ISSUED.getEpochSecond());
        claims.setClaim("exp", ISSUED.getEpochSecond() + 60);
        claims.setClaim("epoch", 1);
        claims.setClaim("client", "thumbprint");
        claims.setClaim("workspace", "w1");
        claims.setClaim("user", "u1");
        for (String id : List.of("boot", "tunnel", "agent")) {
            claims.setClaim(id, UUID.randomUUID().toString());
        }
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("id", "r1");
        resource.put("name", "db");
        resource.put("kind", "postgres");
        resource.put("host", "127.0.0.1");
        resource.put("port", 5432);
        claims.setClaim("resource", resource);
        change.accept(claims);
        return sign(claims.toJson(), type);
    }

    private String sign(String payload, String type) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("EdDSA");
        signature.setHeader("typ", type);
        signature.setKeyIdHeaderValue("k1");
        signature.setPayload(payload);
        signature.setKey(pair.getPrivate());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
