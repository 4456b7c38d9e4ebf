package io.bascule.bridge;

import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestTunnel;
import io.bascule.tunnel.client.proof.Inner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/**
 * Forwards a port through the real ends and the real bridge, in one process, for {@code benchmarks/tunnel/run}. Not a
 * test: {@code java -cp … io.bascule.bridge.PortThroughBridge PORT TARGET_PORT [PORT_AT_WHICH_CLIENTS_SEE_THE_BRIDGE]}.
 * It prints the bridge's own port. With {@code -Dbascule.benchmark.inner-tls=true} the ends put TLS around the bytes.
 */
final class PortThroughBridge {

    private PortThroughBridge() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress target = loopback(arguments[1]);
        FakeApi api = new FakeApi();
        RunningBridge bridge = RunningBridge.start(api, Files.createTempDirectory("bridge"));
        TestTunnel.Location location = new TestTunnel.Location(api);
        location.connect(bridge);
        if (Boolean.getBoolean("bascule.benchmark.inner-tls")) {
            location.inside(Inner.TLS);
        }
        if (arguments.length > 2) {
            location.seeBridgesAt(Integer.parseInt(arguments[2]));
        }
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(arguments[0]), 512)) {
            System.out.println("bridge " + bridge.port());
            while (true) {
                SocketChannel connection = server.accept();
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofVirtual().start(() -> location.forward(connection, target, bridge));
            }
        }
    }

    private static InetSocketAddress loopback(String port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }
}
