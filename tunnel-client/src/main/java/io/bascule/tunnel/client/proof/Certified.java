package io.bascule.tunnel.client.proof;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Who has a certificate of the platform. */
public interface Certified {

    /** The key of the first certificate of the chain (ECDSA). */
    PrivateKey privateKey();

    /** Its certificate and those that lead to the authority. */
    List<X509Certificate> certificateChain();

    /** The platform's authorities. */
    List<X509Certificate> authorities();
}
