package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/** Sockets for the driver, which makes this by its name: what the server says goes through {@link ServerPackets}. */
public final class GuardedSockets extends ConfigurableSocketFactory {

    /** The setting with the {@link ServerTls}, which the driver passes on. */
    static final String TLS = "basculeTls";

    private static final String UNUSED = "only unconnected sockets are made here";

    private Optional<ServerTls> tls = Optional.empty();

    @Override
    public void setConfiguration(Configuration conf, @Nullable String host) {
        tls = ServerTls.parse(conf.nonMappedOptions().getProperty(TLS));
    }

    @Override
    public Socket createSocket() {
        return new GuardedSocket(tls);
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
}
