package io.bascule.tasks.handlers.sql;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets for the driver, which makes this by its name: what the server says goes through {@link BackendMessages}. */
public final class GuardedSockets extends SocketFactory {

    /** For the driver. */
    public GuardedSockets() {}

    @Override
    public Socket createSocket() {
        return new Guarded();
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

        private @Nullable InputStream checked;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            InputStream known = checked;
            if (known == null) {
                known = new BackendMessages(super.getInputStream());
                checked = known;
            }
            return known;
        }
    }
}
