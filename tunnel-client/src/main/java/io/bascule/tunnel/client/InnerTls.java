package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.client.proof.Certified;
import io.bascule.tunnel.client.proof.OtherEnd;
import io.bascule.tunnel.client.proof.TlsIdentity;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** TLS 1.3 from one end of a tunnel to the other, both with certificates: the bridges between see ciphertext only. */
final class InnerTls {

    private InnerTls() {}

    /** Puts TLS between a local connection and the tunnel. The client end is TLS's client. */
    static LocalConnection over(LocalConnection plain, EndRole role, Certified own, OtherEnd expected) {
        try {
            TlsIdentity identity = new TlsIdentity(own, expected);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {identity.keyManager()}, new TrustManager[] {identity.trustManager()}, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(role == EndRole.CLIENT);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setNeedClientAuth(role == EndRole.AGENT);
            engine.setSSLParameters(parameters);
            engine.beginHandshake();
            return new SecuredConnection(plain, engine);
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException("this Java runtime has no TLS 1.3", e);
        }
    }
}
