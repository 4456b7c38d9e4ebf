package io.bascule.api.agents;

/**
 * An agent's wish for a new certificate.
 *
 * @param certificateSigningRequest PKCS#10 in PEM, for the new key
 * @param certificate PEM: the certificate that the agent has
 * @param signature base64: by that certificate's key, over {@link #signedText}
 */
record RenewalRequest(String certificateSigningRequest, String certificate, String signature, String version) {

    private static final String PURPOSE = "bascule-renew-1\n";

    /** What the agent signs, so that nothing it signs elsewhere can be taken for a renewal. */
    String signedText() {
        return PURPOSE + certificateSigningRequest;
    }
}
