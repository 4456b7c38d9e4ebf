package io.bascule.api.certificates;

/**
 * A certificate as its owner gets it.
 *
 * @param chain PEM: the certificate, then its issuer's
 * @param authorities PEM: every authority to trust
 * @param thumbprint SHA-256 of the certificate, base64url without padding
 */
public record IssuedCertificate(String chain, String authorities, String thumbprint) {}
