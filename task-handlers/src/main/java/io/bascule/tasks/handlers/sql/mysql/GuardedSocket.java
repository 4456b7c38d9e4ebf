package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import io.bascule.tasks.handlers.sql.ServerTls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A line to a server on which each packet is looked at; plain, until the driver has it encrypted. For one thread. */
final class GuardedSocket extends Socket {

    private final Optional<ServerTls> tls;
    private @Nullable GuardedStreams streams;
    private boolean encrypting;

    GuardedSocket(Optional<ServerTls> tls) {
        this.tls = tls;
    }

    /**
     * Packets are taken from the line one by one, so what a stranger slips in behind the greeting breaks the handshake.
     *
     * @throws ServerMisbehaved when the server has not proved what it must
     */
    SSLSocket encrypt() throws IOException {
        encrypting = true;
        try {
            return new EncryptedSocket(tls.orElseThrow(() -> new IOException("TLS was not asked for"))
                    .over(this));
        } catch (SSLException refused) {
            if (refused.getCause() instanceof EOFException broken) {
                throw broken;
            }
            throw ServerMisbehaved.unverified(
                    "The server could not be verified, or speaks no TLS that is good enough: " + refused.getMessage());
        }
    }

    private synchronized GuardedStreams streams() throws IOException {
        if (streams == null) {
            streams = new GuardedStreams(super.getInputStream(), super.getOutputStream());
        }
        return streams;
    }

    /** For the encryption, the line as it is. */
    @Override
    public InputStream getInputStream() throws IOException {
        return encrypting ? super.getInputStream() : streams().in();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return encrypting ? super.getOutputStream() : streams().out();
    }
}
