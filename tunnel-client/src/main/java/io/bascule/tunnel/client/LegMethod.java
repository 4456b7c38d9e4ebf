package io.bascule.tunnel.client;

import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC method that carries a tunnel's frames, the same on both sides: {@code bascule.tunnel.v1.Bridge/Leg}. Messages
 * are frames as raw bytes; each is copied once between the heap and the transport's buffers.
 */
public final class LegMethod {

    /** The service's full name. */
    public static final String SERVICE = "bascule.tunnel.v1.Bridge";

    private static final MethodDescriptor<EncodedFrame, EncodedFrame> DESCRIPTOR =
            MethodDescriptor.<EncodedFrame, EncodedFrame>newBuilder()
                    .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Leg"))
                    .setRequestMarshaller(new FrameMarshaller())
                    .setResponseMarshaller(new FrameMarshaller())
                    .build();

    private LegMethod() {}

    /** The method's descriptor, for a client's call and for a server's service definition. */
    public static MethodDescriptor<EncodedFrame, EncodedFrame> descriptor() {
        return DESCRIPTOR;
    }

    private static final class FrameMarshaller implements MethodDescriptor.Marshaller<EncodedFrame> {

        @Override
        public InputStream stream(EncodedFrame frame) {
            return new FrameStream(frame);
        }

        /** Reads in one go into an array of the right size: gRPC's streams hold one whole message and say how long. */
        @Override
        public EncodedFrame parse(InputStream stream) {
            try {
                int length = stream.available();
                if (length > Frame.MAX_LENGTH) {
                    throw Status.RESOURCE_EXHAUSTED
                            .withDescription("frame longer than " + Frame.MAX_LENGTH + " bytes")
                            .asRuntimeException();
                }
                byte[] message = new byte[length];
                if (stream.readNBytes(message, 0, length) < length || stream.read() >= 0) {
                    throw new IOException("the transport did not say how long its message is");
                }
                return EncodedFrame.received(message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A frame on its way out: the transport drains it in one go; reading it as a stream works as well. */
    private static final class FrameStream extends InputStream implements Drainable, KnownLength {

        private final EncodedFrame frame;
        private @Nullable InputStream remaining;

        FrameStream(EncodedFrame frame) {
            this.frame = frame;
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            if (remaining != null) {
                return (int) remaining.transferTo(target);
            }
            frame.writeTo(target);
            remaining = InputStream.nullInputStream();
            return frame.length();
        }

        @Override
        public int read() throws IOException {
            return remaining().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return remaining().read(target, offset, length);
        }

        @Override
        public int available() throws IOException {
            return remaining == null ? frame.length() : remaining.available();
        }

        private InputStream remaining() throws IOException {
            if (remaining == null) {
                ByteArrayOutputStream whole = new ByteArrayOutputStream(frame.length());
                frame.writeTo(whole);
                remaining = new ByteArrayInputStream(whole.toByteArray());
            }
            return remaining;
        }
    }
}
