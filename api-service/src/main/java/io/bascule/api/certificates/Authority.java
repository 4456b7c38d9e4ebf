package io.bascule.api.certificates;

import io.bascule.api.keys.PlatformKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A certificate authority of the platform and its time.
 *
 * @param signsFrom it is made known before, so that everybody believes it by then
 * @param trustedUntil empty while none is to take its place
 */
record Authority(UUID id, CertificateAuthority signer, Instant signsFrom, Optional<Instant> trustedUntil) {

    static Authority of(PlatformKey key) {
        return new Authority(key.id(), CertificateAuthority.from(key), key.usedFrom(), key.retiredAt());
    }

    boolean isTrusted(Instant now) {
        return trustedUntil.isEmpty() || now.isBefore(trustedUntil.get());
    }

    /** SHA-256 of its certificate, in hexadecimal digits. */
    String fingerprint() {
        return HexFormat.of().formatHex(Thumbprint.of(signer.certificate()));
    }

    boolean maySign(Instant now) {
        return !now.isBefore(signsFrom);
    }
}
