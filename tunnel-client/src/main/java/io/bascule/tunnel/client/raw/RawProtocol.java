package io.bascule.tunnel.client.raw;

import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;

/** How raw legs share a port with another protocol: TLS chooses between them (ALPN, RFC 7301). */
public final class RawProtocol {

    private RawProtocol() {}

    /** Raw legs, and the other protocol for those that do not know them; the same for both sides. */
    public static ApplicationProtocolConfig offeredWith(String other) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                RawConnection.PROTOCOL,
                other);
    }
}
