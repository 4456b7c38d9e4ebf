package io.bascule.tunnel.client.ticket;

import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.ticket.Ticket.Use;
import io.bascule.tunnel.client.ticket.VerifiedTickets.Verified;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Reads tickets and checks their signature and times, with a skew of 30 s. Safe for use by many threads. */
public final class TicketReader {

    private static final String ISSUER = "bascule";
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final TicketKeys keys;
    private final InstantSource clock;
    private final VerifiedTickets known = new VerifiedTickets();

    public TicketReader(TicketKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Never throws for what somebody sent. */
    public TicketCheck read(String compact) {
        try {
            Ticket ticket = verified(compact).ticket();
            Instant now = clock.instant();
            return now.isBefore(ticket.expiresAt().plus(SKEW))
                    ? new TicketCheck.Good(ticket)
                    : new TicketCheck.Bad("ticket: expired at %s and it is %s here; compare the clocks if it is new"
                            .formatted(ticket.expiresAt(), now.truncatedTo(ChronoUnit.SECONDS)));
        } catch (RefusedTicketException refused) {
            return new TicketCheck.Bad("ticket: " + refused.getMessage());
        } catch (JoseException | InvalidJwtException | MalformedClaimException | IllegalArgumentException malformed) {
            return new TicketCheck.Bad("ticket: not a ticket of this platform");
        }
    }

    private Verified verified(String compact)
            throws JoseException, InvalidJwtException, MalformedClaimException, RefusedTicketException {
        Optional<Verified> before = known.find(compact).filter(this::isKeyBelieved);
        if (before.isPresent()) {
            return before.get();
        }
        Verified now = verify(compact);
        known.add(compact, now);
        return now;
    }

    private boolean isKeyBelieved(Verified before) {
        return keys.find(before.keyId()).filter(before.key()::equals).isPresent();
    }

    private Verified verify(String compact)
            throws JoseException, InvalidJwtException, MalformedClaimException, RefusedTicketException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA));
        signature.setProviderContext(BouncyCastleSignatures.get());
        signature.setCompactSerialization(compact);
        String keyId = String.valueOf(signature.getKeyIdHeaderValue());
        PublicKey key = keys.find(keyId)
                .orElseThrow(() -> new RefusedTicketException("signed with a key that is not known here"));
        signature.setKey(key);
        if (!signature.verifySignature()) {
            throw new RefusedTicketException("its signature is wrong");
        }
        return new Verified(ticket(use(signature), JwtClaims.parse(signature.getPayload())), keyId, key);
    }

    private static Use use(JsonWebSignature signed) throws RefusedTicketException {
        String type = signed.getHeader("typ");
        for (Use use : Use.values()) {
            if (use.type().equals(type)) {
                return use;
            }
        }
        throw new RefusedTicketException("typ (expected: " + Use.OPENING.type() + " or " + Use.STANDBY.type() + ")");
    }

    private Ticket ticket(Use use, JwtClaims claims) throws MalformedClaimException, RefusedTicketException {
        if (!ISSUER.equals(claims.getIssuer())) {
            throw new RefusedTicketException("iss (expected: " + ISSUER + ")");
        }
        List<String> audience = claims.getAudience();
        if (audience.size() != 1 || claims.getIssuedAt() == null || claims.getExpirationTime() == null) {
            throw new RefusedTicketException("aud, iat or exp is missing");
        }
        Instant issuedAt = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
        if (issuedAt.isAfter(clock.instant().plus(SKEW))) {
            throw new RefusedTicketException("issued in the future, at %s, and it is %s here; compare the clocks"
                    .formatted(issuedAt, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        }
        return new Ticket(
                use,
                text(claims, "jti"),
                audience.getFirst(),
                use == Use.OPENING ? UUID.fromString(text(claims, "boot")) : null,
                UUID.fromString(text(claims, "tunnel")),
                number(claims.getClaimValue("epoch")),
                text(claims, "workspace"),
                text(claims, "user"),
                target(claims.getClaimValue("resource", Map.class)),
                UUID.fromString(text(claims, "agent")),
                text(claims, "client"),
                inner(claims),
                issuedAt,
                Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
    }

    private static Inner inner(JwtClaims claims) throws MalformedClaimException, RefusedTicketException {
        try {
            return claims.hasClaim("inner") ? Inner.of(text(claims, "inner")) : Inner.NONE;
        } catch (IllegalArgumentException unknown) {
            throw new RefusedTicketException("inner (expected: none or tls)");
        }
    }

    private static Ticket.Target target(@Nullable Map<?, ?> resource) throws RefusedTicketException {
        if (resource == null) {
            throw new RefusedTicketException("resource is missing");
        }
        return new Ticket.Target(
                part(resource, "id"), part(resource, "name"), part(resource, "kind"), part(resource, "host"), (int)
                        number(resource.get("port")));
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException, RefusedTicketException {
        String value = claims.getStringClaimValue(name);
        if (value == null || value.isBlank()) {
            throw new RefusedTicketException(name + " is missing");
        }
        return value;
    }

    private static String part(Map<?, ?> object, String name) throws RefusedTicketException {
        if (object.get(name) instanceof String value && !value.isBlank()) {
            return value;
        }
        throw new RefusedTicketException("resource." + name + " is missing");
    }

    private static long number(@Nullable Object value) throws RefusedTicketException {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new RefusedTicketException("epoch and port are numbers");
    }
}
