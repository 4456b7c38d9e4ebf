package io.bascule.tunnel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.grpc.Drainable;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class LegMethodTests {

    private static final Frame.Data DATA = new Frame.Data(1, 2, 3, Bytes.wrap("payload".getBytes(UTF_8)));

    @Test
    void theMethodIsNamedAsTheProtocolSays() {
        assertThat(LegMethod.descriptor().getFullMethodName()).isEqualTo("bascule.tunnel.v1.Bridge/Leg");
    }

    @Test
    void aFrameDrainedComesBackEqual() throws Exception {
        InputStream stream = LegMethod.descriptor().streamRequest(FrameCodec.encode(DATA));
        assertThat(stream.available()).isEqualTo(25 + 7);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();

        assertThat(((Drainable) stream).drainTo(wire)).isEqualTo(25 + 7);
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(parse(wire.toByteArray())).isEqualTo(DATA);
    }

    @Test
    void aFrameReadAsAStreamComesBackEqual() throws Exception {
        InputStream stream = LegMethod.descriptor().streamRequest(FrameCodec.encode(DATA));

        EncodedFrame received = LegMethod.descriptor().parseResponse(stream);

        assertThat(FrameCodec.decode(received)).isEqualTo(DATA);
    }

    @Test
    void aMessageLongerThanAnyFrameIsNotRead() {
        InputStream tooLong = new ByteArrayInputStream(new byte[Frame.MAX_LENGTH + 1]);

        assertThatThrownBy(() -> LegMethod.descriptor().parseRequest(tooLong))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("65568");
    }

    private static Frame parse(byte[] wire) throws Exception {
        return FrameCodec.decode(LegMethod.descriptor().parseRequest(new ByteArrayInputStream(wire)));
    }
}
