package io.bascule.api.keys;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key pair of the platform as it is in memory. The public part is what {@link KeyPurpose} says. */
public final class PlatformKey {

    private final UUID id;
    private final byte[] publicPart;
    private final PrivateKey privateKey;
    private final Instant usedFrom;
    private final @Nullable Instant retiredAt;

    PlatformKey(UUID id, byte[] publicPart, PrivateKey privateKey, Instant usedFrom, @Nullable Instant retiredAt) {
        this.id = id;
        this.publicPart = publicPart.clone();
        this.privateKey = privateKey;
        this.usedFrom = usedFrom;
        this.retiredAt = retiredAt;
    }

    public UUID id() {
        return id;
    }

    public byte[] publicPart() {
        return publicPart.clone();
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    /** From then on it signs, unless a newer one does; until then it is only made known. */
    public Instant usedFrom() {
        return usedFrom;
    }

    /** What it signed is believed until then; empty while nothing is to take its place. */
    public Optional<Instant> retiredAt() {
        return Optional.ofNullable(retiredAt);
    }
}
