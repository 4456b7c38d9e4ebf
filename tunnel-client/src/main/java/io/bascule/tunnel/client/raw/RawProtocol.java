package io.bascule.tunnel.client.raw;

import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.RecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;

/** How raw legs share a port with another protocol: TLS chooses between them (ALPN, RFC 7301). */
public final class RawProtocol {

    /** The ALPN name of the other protocol. */
    public static final String HTTP_2 = "h2";

    /** The most that one read takes from the network, on either side of a leg. */
    public static final RecvByteBufAllocator RECEIVED_AT_ONCE = new AdaptiveRecvByteBufAllocator(512, 16_384, 131_072);

    private RawProtocol() {}

    /** Raw legs, and HTTP/2 for those that do not know them; the same for both sides. */
    public static ApplicationProtocolConfig offered() {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                RawConnection.PROTOCOL,
                HTTP_2);
    }
}
