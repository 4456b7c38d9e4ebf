package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * What a tunnel's end is joined to: a blocking two-way byte stream whose directions are closed one by one. One thread
 * reads while another writes; {@link #close} and {@link #reset} may come from a third and end both at once.
 */
public interface LocalConnection extends LocalSide {

    /** Reads at least one byte; -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Writes all of these, in order, in as few steps as it can. */
    void write(List<Bytes> pieces) throws IOException;

    /**
     * Tells the local side that no more bytes come. One that has closed both ways by now has got every byte and need not
     * hear it.
     *
     * @throws IOException if this is not the end
     */
    void closeOutput() throws IOException;

    /** Closes after everything was exchanged. Idempotent. */
    @Override
    void close();

    /** Closes so that the local side learns that the stream was cut (TCP RST where there is one). Idempotent. */
    @Override
    void reset();

    /** A connected socket channel in blocking mode. */
    static LocalConnection of(SocketChannel channel) {
        return new SocketChannelConnection(channel);
    }

    /** A connected socket; through its channel if it has one. */
    static LocalConnection of(Socket socket) throws IOException {
        return socket.getChannel() == null
                ? new StreamConnection(socket.getInputStream(), socket.getOutputStream(), socket)
                : of(socket.getChannel());
    }

    /** Two streams, e.g. standard input and output. A cut stream looks to them like a closed one. */
    static LocalConnection of(InputStream in, OutputStream out) {
        return new StreamConnection(in, out, null);
    }
}
