package io.bascule.tasks.handlers.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How the line to the server is encrypted inside the tunnel.
 *
 * @param serverName what the server's certificate must name; may be empty where it is not verified
 * @param authorities certificates (PEM) of those who may vouch for it; empty means those that Java trusts
 */
public record ServerTls(Mode mode, String serverName, String authorities) {

    private static final int PARTS = 3;

    /** As PostgreSQL's own clients name them. */
    public enum Mode {
        /** Encrypted, with whomever it is: nobody listens, but somebody may stand between. */
        REQUIRE,
        /** Encrypted, and the server has proved that it is the one that is named. */
        VERIFY_FULL;

        static Mode of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** For the driver, which passes on a single text. */
    public String text() {
        return mode + "\n" + serverName + "\n" + authorities;
    }

    /** Of {@link #text()}; empty for none. */
    public static Optional<ServerTls> parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = text.split("\n", PARTS);
        return Optional.of(new ServerTls(Mode.valueOf(parts[0]), parts[1], parts[2]));
    }

    /**
     * Encrypts a line that is connected; returns when the server has proved what it must.
     *
     * @throws ServerMisbehaved saying what to change, when it has not
     */
    public SSLSocket over(Socket line) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) context().getSocketFactory().createSocket(line, serverName, line.getPort(), true);
        if (mode == Mode.VERIFY_FULL) {
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
        }
        encrypted.startHandshake();
        return encrypted;
    }

    private SSLContext context() throws ServerMisbehaved {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw ServerMisbehaved.unverified(
                    "tls.ca cannot be used: %s (expected: certificates in PEM form)".formatted(unusable.getMessage()));
        }
    }

    private TrustManager[] trusted() throws GeneralSecurityException, IOException {
        if (mode == Mode.REQUIRE) {
            return new TrustManager[] {new AnyServer()};
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities.isEmpty() ? null : authorityStore());
        return trust.getTrustManagers();
    }

    private KeyStore authorityStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        Collection<? extends Certificate> known = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(authorities.getBytes(StandardCharsets.UTF_8)));
        if (known.isEmpty()) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        int number = 0;
        for (Certificate authority : known) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        return store;
    }
}
