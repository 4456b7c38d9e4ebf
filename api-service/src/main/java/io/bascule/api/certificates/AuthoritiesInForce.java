package io.bascule.api.certificates;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The authorities at one time.
 *
 * @param signing the one that signs
 * @param others those that are believed beside it: one that is to sign next, or has signed before
 */
record AuthoritiesInForce(Authority signing, List<Authority> others) {

    /** @param newestFirst at least one of them is trusted */
    static AuthoritiesInForce of(List<Authority> newestFirst, Instant now) {
        List<Authority> trusted = newestFirst.stream()
                .filter(authority -> authority.isTrusted(now))
                .toList();
        Authority signing = trusted.stream()
                .filter(authority -> authority.maySign(now))
                .findFirst()
                // To a clock that is behind the database's even the first one may not sign yet.
                .orElseGet(trusted::getLast);
        return new AuthoritiesInForce(
                signing,
                trusted.stream()
                        .filter(authority -> !authority.id().equals(signing.id()))
                        .toList());
    }

    /** When only one of them is left; at once where there is only one. */
    Instant end() {
        return Stream.concat(Stream.of(signing), others.stream())
                .flatMap(authority -> authority.trustedUntil().stream())
                .max(Comparator.naturalOrder())
                .orElse(signing.signsFrom());
    }

    /** All that are believed, the one that signs first. */
    List<X509Certificate> certificates() {
        return Stream.concat(Stream.of(signing), others.stream())
                .map(authority -> authority.signer().certificate())
                .toList();
    }
}
