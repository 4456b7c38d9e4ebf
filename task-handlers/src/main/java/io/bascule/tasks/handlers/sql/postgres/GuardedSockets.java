package io.bascule.tasks.handlers.sql.postgres;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import io.bascule.tasks.handlers.sql.ServerTls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sockets for the driver, which makes this by its name: what the server says goes through {@link BackendMessages}. Encryption is
 * done here and not by the driver, so that it is the plain messages that are looked at.
 */
public final class GuardedSockets extends SocketFactory {

    private final Optional<ServerTls> tls;

    /**
     * For the driver.
     *
     * @param tls as {@link ServerTls} writes itself; null or empty for a plain line
     */
    public GuardedSockets(@Nullable String tls) {
        this.tls = ServerTls.parse(tls);
    }

    @Override
    public Socket createSocket() {
        return new Guarded(tls);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException(UNUSED);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress near, int nearPort) throws IOException {
        throw new SocketException(UNUSED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new SocketException(UNUSED);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress near, int nearPort) throws IOException {
        throw new SocketException(UNUSED);
    }

    private static final String UNUSED = "only unconnected sockets are made here";

    private static final class Guarded extends Socket {

        /** What asks a server of PostgreSQL for TLS: a length and a code instead of a version. */
        private static final byte[] ASK =
                ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();

        private final Optional<ServerTls> tls;
        private @Nullable SSLSocket encrypted;
        private @Nullable InputStream checked;
        private boolean ready;

        Guarded(Optional<ServerTls> tls) {
            this.tls = tls;
        }

        @Override
        public void connect(SocketAddress server, int timeout) throws IOException {
            super.connect(server, timeout);
            if (tls.isPresent()) {
                int before = getSoTimeout();
                setSoTimeout(timeout);
                encrypt(tls.get());
                setSoTimeout(before);
            }
            become();
        }

        /** Exactly one byte is taken in plain: what a stranger slips in behind it breaks the handshake. */
        private void encrypt(ServerTls wanted) throws IOException {
            super.getOutputStream().write(ASK);
            int answer = super.getInputStream().read();
            switch (answer) {
                case 'S' -> {}
                case -1 -> throw new EOFException("The server closed the connection when it was asked for TLS");
                case 'N' ->
                    throw ServerMisbehaved.unverified(
                            "The server does not speak TLS (let it: ssl = on; or leave out tls)");
                default ->
                    throw ServerMisbehaved.against(
                            "The server answered %d when it was asked for TLS (expected: S or N)".formatted(answer));
            }
            try {
                encrypted = wanted.over(this);
            } catch (SSLException refused) {
                if (refused.getCause() instanceof EOFException broken) {
                    throw broken;
                }
                throw ServerMisbehaved.unverified(
                        "The server could not be verified, or speaks no TLS that is good enough: "
                                + refused.getMessage());
            }
        }

        private synchronized void become() throws IOException {
            checked = new BackendMessages(encrypted == null ? super.getInputStream() : encrypted.getInputStream());
            ready = true;
        }

        /** Until it is encrypted, the line as it is, which the encryption runs over. */
        @Override
        public synchronized InputStream getInputStream() throws IOException {
            return checked == null ? super.getInputStream() : checked;
        }

        @Override
        public synchronized OutputStream getOutputStream() throws IOException {
            return ready && encrypted != null ? encrypted.getOutputStream() : super.getOutputStream();
        }
    }
}
