package io.bascule.tunnel.client.proof;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which chains of certificates were found to lead to which authorities: all tunnels to one agent show the same one, and what a
 * signature says does not change. Whether each certificate is of today is looked at each time. Safe for use by many threads.
 */
final class TrustedChains {

    private static final int MOST = 256;

    private final InstantSource clock;
    private final Map<Chain, Boolean> known = new ConcurrentHashMap<>();

    TrustedChains(InstantSource clock) {
        this.clock = clock;
    }

    private record Chain(List<X509Certificate> path, List<X509Certificate> authorities) {}

    /**
     * Checks a chain, the end's own certificate first.
     *
     * @throws GeneralSecurityException if it does not lead to one of the authorities, or not today
     */
    void require(List<X509Certificate> certificates, List<X509Certificate> authorities)
            throws GeneralSecurityException {
        List<X509Certificate> path = certificates.stream()
                .filter(certificate -> !authorities.contains(certificate))
                .toList();
        Chain chain = new Chain(path, List.copyOf(authorities));
        Date today = Date.from(clock.instant());
        if (!known.containsKey(chain)) {
            validate(chain, today);
            remember(chain);
        }
        for (X509Certificate certificate : path) {
            certificate.checkValidity(today);
        }
    }

    private static void validate(Chain chain, Date today) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = chain.authorities().stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setDate(today);
        parameters.setRevocationEnabled(false);
        parameters.setSigProvider(Verification.provider().getName());
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain.path()), parameters);
    }

    /** Whoever shows more chains than that has them checked anew. */
    private void remember(Chain chain) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(chain, true);
    }
}
