package io.bascule.tunnel.client;

import io.bascule.tunnel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two streams, of a socket or of their own. */
final class StreamConnection implements LocalConnection {

    private final InputStream in;
    private final OutputStream out;
    private final @Nullable Socket socket;

    StreamConnection(InputStream in, OutputStream out, @Nullable Socket socket) {
        this.in = in;
        this.out = out;
        this.socket = socket;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    public void write(List<Bytes> pieces) throws IOException {
        for (Bytes piece : pieces) {
            piece.writeTo(out);
        }
        out.flush();
    }

    @Override
    public void closeOutput() {
        if (socket == null) {
            Quietly.close(out);
        } else {
            Quietly.run(socket::shutdownOutput);
        }
    }

    @Override
    public void close() {
        if (socket == null) {
            Quietly.close(in);
            Quietly.close(out);
        } else {
            Quietly.close(socket);
        }
    }

    @Override
    public void reset() {
        if (socket != null) {
            Quietly.run(() -> socket.setSoLinger(true, 0));
        }
        close();
    }
}
