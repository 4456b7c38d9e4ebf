package io.bascule.cli.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What programs say to the proxy, and what they hear. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class ProxyReceptionTests {

    private final ProxyReception reception = new ProxyReception();
    private Socket program;
    private Socket connection;

    @BeforeEach
    void connect() throws IOException {
        // As the listener does: a channel that is closed with unread bytes resets at once.
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            program =
                    new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
            connection = server.accept().socket();
        }
    }

    @AfterEach
    void close() throws IOException {
        program.close();
        connection.close();
    }

    @Test
    void socksNamesAResourceAndWhatFollowsIsTheTunnels() throws Exception {
        sayHex("05 01 00", "05 01 00 03 02 6462 1538", "ff");

        assertThat(reception.welcome(connection)).contains("db");
        reception.granted(connection);

        assertThat(heardHex(12)).isEqualTo("0500" + "05000001000000000000");
        assertThat(connection.getInputStream().read()).isEqualTo(0xff);
    }

    @Test
    void httpConnectNamesAResourceAndWhatFollowsIsTheTunnels() throws Exception {
        say("CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\n\r\nx");

        assertThat(reception.welcome(connection)).contains("db");
        reception.granted(connection);

        assertThat(heard()).startsWith("HTTP/1.1 200 ");
        assertThat(connection.getInputStream().read()).isEqualTo('x');
    }

    @Test
    void anAddressInPlaceOfANameIsRefused() throws Exception {
        sayHex("05 01 00", "05 01 00 01 7f000001 0050");

        assertThat(reception.welcome(connection)).isEmpty();
        assertThat(heardHex(12)).isEqualTo("0500" + "05080001000000000000");
    }

    @Test
    void whatIsNotConnectIsRefusedInWords() throws Exception {
        say("GET http://db/ HTTP/1.1\r\n\r\n");

        assertThat(reception.welcome(connection)).isEmpty();
        assertThat(heard()).startsWith("HTTP/1.1 405 ").contains("CONNECT NAME:PORT only");
    }

    @Test
    void whoInsistsOnAPasswordIsRefused() throws Exception {
        sayHex("05 01 02");

        assertThat(reception.welcome(connection)).isEmpty();
        assertThat(heardHex(2)).isEqualTo("05ff");
    }

    @Test
    void aRefusalIsToldInTheProgramsOwnProtocol() throws Exception {
        sayHex("05 01 00", "05 01 00 03 02 6462 1538");
        reception.welcome(connection);

        reception.refused(connection, new CommandFailure(ExitCode.NOT_FOUND, "No such resource"));

        assertThat(heardHex(12)).endsWith("05040001000000000000");
    }

    @Test
    void aRefusalIsReadThoughMoreWasSaidBeforeIt() throws Exception {
        say("CONNECT db:80 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        reception.welcome(connection);

        reception.refused(connection, new CommandFailure(ExitCode.NOT_FOUND, "No such resource"));
        connection.close();

        assertThat(new String(program.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 404 ")
                .contains("No such resource");
    }

    @Test
    void aHeadWithoutAnEndAndOneThatIsCutAreRefused() throws Exception {
        say("CONNECT " + "x".repeat(9_000));
        assertThatThrownBy(() -> reception.welcome(connection)).hasMessageContaining("8192 bytes");

        program.shutdownOutput();
        connection.getInputStream().readAllBytes();
        assertThatThrownBy(() -> reception.welcome(connection)).isInstanceOf(EOFException.class);
    }

    private void say(String text) throws IOException {
        program.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private void sayHex(String... messages) throws IOException {
        for (String message : messages) {
            program.getOutputStream().write(HexFormat.of().parseHex(message.replace(" ", "")));
        }
    }

    private String heardHex(int count) throws IOException {
        return HexFormat.of().formatHex(program.getInputStream().readNBytes(count));
    }

    private String heard() throws IOException {
        if (!connection.isOutputShutdown()) {
            connection.shutdownOutput();
        }
        return new String(program.getInputStream().readAllBytes(), ISO_8859_1);
    }
}
