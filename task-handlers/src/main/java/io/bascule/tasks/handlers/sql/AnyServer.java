package io.bascule.tasks.handlers.sql;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Takes every server for the right one, which is what {@code require} means: who must know gives {@code verify-full}. */
final class AnyServer extends X509ExtendedTrustManager {

    private static final String NO_CLIENTS = "there are no clients here";

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String way, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String way, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String way) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String way, Socket socket) throws CertificateException {
        throw new CertificateException(NO_CLIENTS);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String way, SSLEngine engine) throws CertificateException {
        throw new CertificateException(NO_CLIENTS);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String way) throws CertificateException {
        throw new CertificateException(NO_CLIENTS);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
