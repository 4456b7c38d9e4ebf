package io.bascule.tunnel.client.proof;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS between the ends needs: this end's certificate, and the same check of the other's as in the proof.
 *
 * @param own whose key is used
 * @param expected the only one who is trusted
 */
public record TlsIdentity(Certified own, OtherEnd expected) {

    private static final String ALIAS = "end";

    /** Shows the one certificate that there is. */
    public X509ExtendedKeyManager keyManager() {
        return new OneKey(own);
    }

    /** Trusts the expected other end only. */
    public X509ExtendedTrustManager trustManager() {
        return new OneEnd(expected, own.authorities());
    }

    private static final class OneKey extends X509ExtendedKeyManager {

        private final Certified own;

        OneKey(Certified own) {
            this.own = own;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.certificateChain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.privateKey();
        }
    }

    private static final class OneEnd extends X509ExtendedTrustManager {

        private final OtherEnd expected;
        private final List<X509Certificate> authorities;

        OneEnd(OtherEnd expected, List<X509Certificate> authorities) {
            this.expected = expected;
            this.authorities = authorities;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                CheckCertificate.check(List.of(chain), expected, authorities);
            } catch (NotProvedException stranger) {
                throw new CertificateException(
                        "the other end is not the right one: " + stranger.getMessage(), stranger);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        /** No hint is given to the other end: it has one certificate only. */
        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
