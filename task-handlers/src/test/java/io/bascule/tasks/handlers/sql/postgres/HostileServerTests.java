package io.bascule.tasks.handlers.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.worker.TaskFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that says what PostgreSQL never would: it costs its task, not the worker. */
@Timeout(60)
class HostileServerTests {

    private static final int HUGE = 2_000_000_000;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aFieldThatClaimsMoreThanItsRowHasEndsTheTask() {
        byte[] row = ByteBuffer.allocate(6).putShort((short) 1).putInt(HUGE).array();

        assertBreach(answers(welcome(), message('D', 10, row)), "protocol-violation", "a field of 2000000000 bytes");
    }

    @Test
    void aMessageThatClaimsTooMuchEndsTheTask() {
        assertBreach(answers(message('E', HUGE, new byte[0])), "protocol-violation", "claims 2000000000 bytes");
        assertBreach(answers(welcome(), message('T', HUGE, new byte[2])), "protocol-violation", "claims 2000000000");
        assertBreach(answers(welcome(), message('1', -1, new byte[0])), "protocol-violation", "claims -1 bytes");
        assertBreach(answers(welcome(), message('D', HUGE, new byte[2])), "row-too-large", "a row of 2000000000 bytes");
    }

    @Test
    void aMessageInWhichTheDriverWouldFindAnotherOneEndsTheTask() {
        byte[] hidden = message('D', 10, new byte[] {0, 1, 0x77, 0x77, 0x77, 0x77});

        assertBreach(
                answers(welcome(), message('1', Integer.BYTES + hidden.length, hidden)),
                "protocol-violation",
                "longer than its parts");
    }

    @Test
    void rowsWithoutEndEndTheTaskAlsoWhenNothingIsInThem() {
        byte[] rows = repeated(message('D', 6, new byte[2]), 500_000);

        assertBreach(answers(welcome(), rows), "row-too-large", "at once");
    }

    @Test
    void noticesWithoutEndEndTheTask() {
        byte[] notices = repeated(message('N', 5, new byte[1]), 40_000);

        assertBreach(answers(welcome(), notices), "protocol-violation", "beside the rows");
    }

    @Test
    void aServerThatDemandsTlsIsToldOf() {
        byte[] fields = "SFATAL\0C28000\0Mno pg_hba.conf entry for host \"x\", no encryption\0\0"
                .getBytes(StandardCharsets.UTF_8);

        assertBreach(answers(message('E', 4 + fields.length, fields)), "sqlstate-28000", "may demand TLS");
    }

    private void assertBreach(byte[] answers, String code, String words) {
        Thread.ofVirtual().start(() -> serve(answers));
        var handler = new SqlQueryHandler(DirectTunnels.to(server.getLocalPort()), List.of(new PostgreSqlServer()));
        var thrown = new AtomicReference<TaskFailure>();
        String input = "{\"resource\":\"r\",\"database\":\"d\",\"user\":\"u\",\"statement\":\"select 1\"}";

        assertThatThrownBy(() -> handler.run(TaskOnPaper.of(input, Map.of())))
                .isInstanceOfSatisfying(TaskFailure.class, thrown::set);

        assertThat(thrown.get().error().message()).contains(words);
        assertThat(thrown.get().error().code()).isEqualTo(code);
        assertThat(thrown.get().isRetryable()).isFalse();
    }

    /** Says everything at once and then listens until the driver goes. */
    private void serve(byte[] answers) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(answers);
            client.getOutputStream().flush();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The driver had enough.
        }
    }

    private static byte[] welcome() {
        return answers(
                message('R', 8, new byte[4]),
                setting("server_version", "17.0"),
                setting("server_version_num", "170000"),
                setting("client_encoding", "UTF8"),
                setting("standard_conforming_strings", "on"),
                setting("integer_datetimes", "on"),
                message('K', 12, new byte[8]),
                message('Z', 5, new byte[] {'I'}));
    }

    private static byte[] setting(String name, String value) {
        byte[] body = (name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8);
        return message('S', 4 + body.length, body);
    }

    private static byte[] message(char type, int length, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(length)
                .put(body)
                .array();
    }

    private static byte[] answers(byte[]... messages) {
        var all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }

    private static byte[] repeated(byte[] message, int times) {
        var all = new ByteArrayOutputStream(message.length * times);
        for (int time = 0; time < times; time++) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }
}
