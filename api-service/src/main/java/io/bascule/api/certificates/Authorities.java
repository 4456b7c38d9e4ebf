package io.bascule.api.certificates;

import io.bascule.api.keys.KeyPurpose;
import io.bascule.api.keys.PlatformKey;
import io.bascule.api.keys.PlatformKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The certificate authorities; the first start of the platform makes one. Kept in memory for {@link #REFRESH}, so that a pod
 * hears of a rotation that another one began. Safe for use by many threads.
 */
@Component
class Authorities {

    /** How long a pod may not know of a rotation yet; small beside {@link RotateAuthority#OVERLAP}. */
    static final Duration REFRESH = Duration.ofSeconds(10);

    private final PlatformKeys keys;
    private final InstantSource clock;
    private volatile Known known;

    Authorities(PlatformKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        Instant now = clock.instant();
        this.known = Known.of(keys.findOrCreate(KeyPurpose.AUTHORITY, () -> CertificateAuthority.make(now)), now);
    }

    AuthoritiesInForce inForce() {
        Instant now = clock.instant();
        if (!now.isBefore(known.since().plus(REFRESH))) {
            refresh();
        }
        return AuthoritiesInForce.of(known.newestFirst(), now);
    }

    /** Reads them now, for whoever has just changed them. */
    void refresh() {
        known = Known.of(keys.find(KeyPurpose.AUTHORITY), clock.instant());
    }

    private record Known(List<Authority> newestFirst, Instant since) {

        static Known of(List<PlatformKey> newestFirst, Instant now) {
            return new Known(newestFirst.stream().map(Authority::of).toList(), now);
        }
    }
}
