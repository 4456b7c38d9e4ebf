package io.bascule.api.certificates;

import io.bascule.api.keys.KeyPurpose;
import io.bascule.api.keys.PlatformKeys;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The certificate authorities in use, in memory since the start; the first start of the platform makes one. */
@Component
class Authorities {

    private final List<CertificateAuthority> newestFirst;

    Authorities(PlatformKeys keys, InstantSource clock) {
        newestFirst = keys.findOrCreate(KeyPurpose.AUTHORITY, () -> CertificateAuthority.make(clock.instant())).stream()
                .map(CertificateAuthority::from)
                .toList();
    }

    /** The first one signs, all are trusted. */
    List<CertificateAuthority> newestFirst() {
        return newestFirst;
    }
}
