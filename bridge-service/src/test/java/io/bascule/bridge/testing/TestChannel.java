package io.bascule.bridge.testing;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.util.List;
import javax.net.ssl.SSLException;

/** Channels to a bridge under test, with or without a certificate. */
public final class TestChannel {

    private TestChannel() {}

    /** @param trusted the authorities of which one must have signed the bridge's certificate */
    public static ManagedChannel to(
            int port, String authority, List<TestAuthority> trusted, TestAuthority.Identity identity) {
        return build(
                port,
                authority,
                SslContextBuilder.forClient()
                        .trustManager(
                                trusted.stream().map(TestAuthority::certificate).toList())
                        .keyManager(identity.key().getPrivate(), identity.certificate()));
    }

    public static ManagedChannel withoutCertificate(int port, String authority, TestAuthority ca) {
        return build(port, authority, SslContextBuilder.forClient().trustManager(ca.certificate()));
    }

    private static ManagedChannel build(int port, String authority, SslContextBuilder tls) {
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .overrideAuthority(authority)
                    // So small that what a leg does not read stays at the bridge.
                    .flowControlWindow(65_535)
                    .sslContext(GrpcSslContexts.configure(tls).build())
                    .build();
        } catch (SSLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
