package io.bascule.agent.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.GrantedBridge;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.TunnelOutcome;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody is sent to an end that is over and has only not been put away yet. */
@SuppressWarnings("NullAway.Init")
class OpenEndsTests {

    private final UUID tunnel = UUID.randomUUID();
    private final OpenEnds ends = new OpenEnds(10, System::nanoTime);
    private BridgeConnector connector;
    private ServerSocketChannel target;

    @BeforeEach
    void start() throws Exception {
        connector = new BridgeConnector(credentials(), LegKind.GRPC);
        target = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void stop() throws Exception {
        connector.close();
        target.close();
    }

    @Test
    void whoGoesOnIsToldThatTheTunnelIsOver() throws Exception {
        ends.started(tunnel, endThatIsOver());

        assertThat(ends.find(tunnel)).isEqualTo(new OpenEnds.Found.Over());
    }

    @Test
    void whoOpensGetsThePlaceAndKeepsItWhenTheOtherIsPutAway() throws Exception {
        TunnelEnd over = endThatIsOver();
        ends.started(tunnel, over);

        assertThat(ends.claim(tunnel)).isEqualTo(new OpenEnds.Claim.Granted());

        ends.release(tunnel, over);
        assertThat(ends.count()).isOne();
        assertThat(ends.claim(tunnel)).as("taken").isInstanceOf(OpenEnds.Claim.Unavailable.class);
        ends.release(tunnel);
        assertThat(ends.count()).isZero();
    }

    @Test
    void anEndThatMayBeCalledIsHere() throws Exception {
        try (ServerSocketChannel silent = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                TunnelEnd end = endVia(silent.socket().getLocalPort())) {
            ends.started(tunnel, end);

            assertThat(ends.find(tunnel)).isEqualTo(new OpenEnds.Found.Here(end));
            assertThat(ends.claim(tunnel)).isEqualTo(new OpenEnds.Claim.Running(end));
        }
    }

    /** It never found its bridge. */
    private TunnelEnd endThatIsOver() throws Exception {
        int nobody;
        try (ServerSocketChannel free = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
            nobody = free.socket().getLocalPort();
        }
        TunnelEnd end = endVia(nobody);
        assertThat(end.await(Duration.ofSeconds(60)).orElseThrow()).isInstanceOf(TunnelOutcome.Lost.class);
        end.awaitGone();
        return end;
    }

    private TunnelEnd endVia(int port) throws Exception {
        GrantedBridge bridge = new GrantedBridge("bridge-0", "127.0.0.1:" + port, "bridge-0.test", "ticket");
        TunnelGrant grant =
                new TunnelGrant(tunnel, 1, List.of(bridge), List.of(), new OtherEnd.Client("thumbprint"), Inner.NONE);
        LocalConnection local = LocalConnection.of(SocketChannel.open(target.getLocalAddress()));
        return TunnelEnd.start(EndRole.AGENT, grant, connector, local, StreamSettings.DEFAULT);
    }

    private static EndCredentials credentials() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        X500Name name = new X500Name("CN=" + UUID.randomUUID());
        Date from = Date.from(Instant.now().minusSeconds(60));
        Date until = Date.from(Instant.now().plusSeconds(3600));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(
                        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, from, until, name, key.getPublic())
                                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        return new EndCredentials(key.getPrivate(), List.of(certificate), List.of(certificate));
    }
}
