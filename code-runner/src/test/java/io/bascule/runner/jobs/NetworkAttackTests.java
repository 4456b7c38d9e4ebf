package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.sandbox.NeedsSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A function that wants to talk. Each attack succeeds in the control, outside the sandbox. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class NetworkAttackTests {

    private static final String SETTLE = """
            const settle = (emitter, event, end) => new Promise((resolve) => {
              emitter.on('error', (error) => resolve(error.code));
              emitter.on(event, () => { resolve('ok'); end?.(); });
            });
            """;

    private TestRunner runner;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path directory) {
        this.directory = directory;
        runner = new TestRunner(2, 2);
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void noTcpConnectionCanBeMadeNotEvenToTheRunnersOwnMachine() throws IOException {
        String attack = SETTLE + """
                const handler = (port) => {
                  const socket = require('node:net').connect(port, '127.0.0.1');
                  return settle(socket, 'connect', () => socket.destroy());
                };
                """;
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(server.getLocalPort());
            assertThat(Control.result(directory, attack, port)).isEqualTo("\"ok\"");
            assertThat(runner.result(attack, port)).isEqualTo("\"EPERM\"");
        }
    }

    @Test
    void fetchReachesNothing() throws IOException {
        String attack = """
                const handler = async (port) => {
                  try { await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(500) }); return 'ok'; }
                  catch (error) { return error.name === 'TimeoutError' ? 'connected' : error.cause?.code ?? error.message; }
                };
                """;
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(server.getLocalPort());
            assertThat(Control.result(directory, attack, port)).isEqualTo("\"connected\"");
            assertThat(runner.result(attack, port)).isEqualTo("\"EGRESS_HOST\"");
        }
    }

    @Test
    void nothingCanBeListenedTo() throws IOException {
        String attack = SETTLE + """
                const handler = () => {
                  const server = require('node:net').createServer();
                  const settled = settle(server, 'listening', () => server.close());
                  server.listen(0, '127.0.0.1');
                  return settled;
                };
                """;

        assertThat(Control.result(directory, attack, "0")).isEqualTo("\"ok\"");
        assertThat(runner.result(attack, "0")).isEqualTo("\"EPERM\"");
    }

    @Test
    void noDatagramCanBeSent() throws IOException {
        String attack = """
                const handler = () => new Promise((resolve) => {
                  const socket = require('node:dgram').createSocket('udp4');
                  socket.on('error', (error) => resolve(error.code));
                  socket.send('data', 9, '127.0.0.1', (error) => { resolve(error ? error.code : 'ok'); socket.close(); });
                });
                """;

        assertThat(Control.result(directory, attack, "0")).isEqualTo("\"ok\"");
        assertThat(runner.result(attack, "0")).isEqualTo("\"EPERM\"");
    }

    @Test
    void noUnixSocketCanBeReachedNorMade() throws IOException {
        String attack = SETTLE + """
                const net = require('node:net');
                const handler = async (path) => {
                  const socket = net.connect(path);
                  const reached = await settle(socket, 'connect', () => socket.destroy());
                  const server = net.createServer();
                  const made = settle(server, 'listening', () => server.close());
                  server.listen('\\0bascule-test-' + process.pid);
                  return [reached, await made];
                };
                """;
        Path path = directory.resolve("s");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            assertThat(path.toFile().setWritable(true, false)).isTrue();
            String input = "\"" + path + "\"";
            assertThat(Control.result(directory, attack, input)).isEqualTo("[\"ok\",\"ok\"]");
            assertThat(runner.result(attack, input)).isEqualTo("[\"EPERM\",\"EPERM\"]");
        }
    }

    @Test
    void noNameCanBeLookedUpSoNoneCanCarryData() throws IOException {
        String attack = """
                const dns = require('node:dns').promises;
                const handler = async () => {
                  try { await dns.lookup('localhost'); return 'ok'; } catch (error) { return error.code; }
                };
                """;
        String resolver = """
                const { Resolver } = require('node:dns').promises;
                const handler = async () => {
                  const resolver = new Resolver({ timeout: 200, tries: 1 });
                  resolver.setServers(['127.0.0.1:9']);
                  try { await resolver.resolve4('data.example.com'); return 'ok'; } catch (error) { return error.code; }
                };
                """;

        assertThat(Control.result(directory, attack, "0")).isEqualTo("\"ok\"");
        assertThat(runner.result(attack, "0")).startsWith("\"E").doesNotContain("ok");
        assertThat(runner.result(resolver, "0")).startsWith("\"E").doesNotContain("ok");
    }
}
