package io.bascule.bridge.certificate;

/** Who signs this bridge's certificate. */
interface CertificateAuthority {

    /**
     * Has a request signed.
     *
     * @param request PKCS#10 as PEM
     * @throws NotIssuedException if the authority cannot be reached or refuses; asking again may help
     */
    Issued issue(String request) throws NotIssuedException;

    /**
     * What the authority answers, all PEM.
     *
     * @param certificate chain, the bridge's own first
     * @param authorities whose certificates are to be believed when agents and clients show theirs
     */
    record Issued(String certificate, String authorities) {}
}
