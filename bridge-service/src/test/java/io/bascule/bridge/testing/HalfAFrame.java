package io.bascule.bridge.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;

/**
 * A gRPC leg, over bare HTTP/2 (RFC 9113), whose first message announces 60,000 bytes, and stops after a few of them.
 */
public final class HalfAFrame implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;
    private static final int STREAM = 1;

    private final SSLSocket socket;

    private HalfAFrame(SSLSocket socket) {
        this.socket = socket;
    }

    public static HalfAFrame to(int port, Identity identity) throws IOException, GeneralSecurityException {
        SSLSocket socket = TestTls.connect(port, identity, "h2");
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        begun.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        begun.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        begun.writeBytes(frame(HEADERS, END_HEADERS, STREAM, headers()));
        byte[] half = ByteBuffer.allocate(105).put((byte) 0).putInt(60_000).array();
        begun.writeBytes(frame(DATA, 0, STREAM, half));
        socket.getOutputStream().write(begun.toByteArray());
        socket.getOutputStream().flush();
        return new HalfAFrame(socket);
    }

    /** What the bridge says in the end. */
    public Frame answer() throws Exception {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int lengthAndType = in.readInt();
            in.readByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(lengthAndType >>> 8);
            if ((lengthAndType & 0xff) == DATA && stream == STREAM) {
                ByteBuffer message = ByteBuffer.wrap(payload, 1, payload.length - 1);
                byte[] frame = new byte[message.getInt()];
                message.get(frame);
                return FrameCodec.decode(EncodedFrame.received(frame));
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Literals without indexing (RFC 7541, 6.2.2). */
    private static byte[] headers() {
        String[] fields = {
            ":method", "POST",
            ":scheme", "https",
            ":path", "/bascule.tunnel.v1.Bridge/Leg",
            ":authority", RunningBridge.AUTHORITY,
            "content-type", "application/grpc",
            "te", "trailers"
        };
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i++) {
            if (i % 2 == 0) {
                block.write(0);
            }
            block.write(fields[i].length());
            block.writeBytes(fields[i].getBytes(US_ASCII));
        }
        return block.toByteArray();
    }
}
