package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.worker.TaskFailure;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that says what MySQL never would: it costs its task, not the worker, and gets nothing that is not its own. */
@Timeout(60)
class HostileMySqlTests {

    private static final String PASSWORD = "open sesame";

    private final CompletableFuture<byte[]> heard = new CompletableFuture<>();
    private final AtomicInteger sent = new AtomicInteger();
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
    void aServerThatAsksForAFileOfTheWorkersGetsNone() throws Exception {
        TaskFailure refused = assertBreach(
                "load data local infile '/etc/hostname' into table x",
                List.of(greeting("mysql_native_password"), ok(2), packet(1, "\u00fb/etc/hostname")));

        assertThat(refused.error().message()).contains("asked for a file");
        assertThat(new String(heard.get(), StandardCharsets.ISO_8859_1))
                .doesNotContain(Files.readString(Path.of("/etc/hostname")).strip());
    }

    @Test
    void aServerThatAsksForThePasswordItselfIsNotTold() throws Exception {
        TaskFailure atOnce = assertBreach("select 1", List.of(greeting("mysql_clear_password")));
        assertThat(atOnce.error().code()).isEqualTo("login-not-supported");
        assertThat(text(heard)).doesNotContain(PASSWORD);
    }

    @Test
    void aServerThatAsksForThePasswordLaterIsNotToldEither() throws Exception {
        TaskFailure later = assertBreach(
                "select 1", List.of(greeting("mysql_native_password"), packet(2, "\u00femysql_clear_password\u0000")));
        assertThat(later.error().code()).isEqualTo("login-not-supported");
        assertThat(text(heard)).doesNotContain(PASSWORD);
    }

    @Test
    void aLoginThatIsNotKnownIsRefused() throws Exception {
        TaskFailure refused = assertBreach(
                "select 1", List.of(greeting("mysql_native_password"), packet(2, "\u00fedialog\u0000hello\u0000")));
        assertThat(refused.error().code()).isEqualTo("login-not-supported");
        assertThat(text(heard)).doesNotContain(PASSWORD);
    }

    /** Who stands between could give a key of his own: none is asked for, and the password stays here. */
    @Test
    void aServerThatWantsAnEncryptedPasswordOnAPlainLineIsNotTold() throws Exception {
        TaskFailure refused = assertBreach(
                "select 1",
                List.of(
                        greeting("mysql_native_password"),
                        packet(2, "\u00fecaching_sha2_password\u0000" + "a".repeat(20) + "\u0000"),
                        packet(4, "\u0001\u0004")));

        assertThat(refused.error().code()).isEqualTo("login-needs-tls");
        assertThat(refused.error().message()).contains("\"verify-full\"");
        assertThat(text(heard)).doesNotContain(PASSWORD);
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereItIsRequired() throws Exception {
        TaskFailure refused = assertBreach(
                "select 1\", \"tls\": {\"mode\": \"require\"}, \"user\": \"u",
                List.of(greeting("mysql_native_password")));

        assertThat(refused.error().code()).isEqualTo("tls-failed");
        assertThat(text(heard)).doesNotContain(PASSWORD);
    }

    @Test
    void anAnswerThatClaimsTooManyColumnsEndsTheTask() throws Exception {
        assertThat(breach(packet(1, "\u00fe\u00ff\u00ff\u00ff\u007f\u0000\u0000\u0000\u0000"))
                        .error()
                        .message())
                .contains("claims 2147483647 columns");
    }

    @Test
    void aColumnThatClaimsMoreThanItHasEndsTheTask() throws Exception {
        assertThat(breach(packet(1, "\u0001"), packet(2, "\u00fe\u00ff\u00ff\u00ff\u007f\u0000\u0000\u0000\u0000"))
                        .error()
                        .message())
                .contains("longer than itself");
    }

    @Test
    void aFieldThatClaimsMoreThanItsRowHasEndsTheTask() throws Exception {
        assertThat(breach(
                                packet(1, "\u0001"),
                                packet(2, column()),
                                packet(3, "\u00fe\u0000\u0000\u0002\u0000"),
                                packet(4, "\u00fe\u00ff\u00ff\u00ff\u007f\u0000\u0000\u0000\u0000x"))
                        .error()
                        .message())
                .contains("longer than itself");
    }

    @Test
    void columnsWithoutEndEndTheTask() throws Exception {
        byte[] large = packet(2, "x".repeat(1_100_000));
        assertThat(breach(packet(1, "\u0001"), large).error().message()).contains("claims 1100000 bytes");
    }

    /** The driver keeps all rows of what it asks by itself. */
    @Test
    void rowsWithoutEndToWhatTheDriverAsksEndTheTask() throws Exception {
        byte[] row = packet(4, "\u00fc\u0000\u0010" + "x".repeat(4096));

        TaskFailure refused = answering("select connection_id()", rows('\u00fd'), row);

        assertThat(refused.error().code()).isEqualTo("protocol-violation");
        assertThat(refused.error().message()).contains("rows that nobody asked for");
        assertThat(sent).hasValueBetween(1 << 20, 32 << 20);
    }

    @Test
    void rowsWithoutEndToATasksStatementEndIt() throws Exception {
        byte[] row = packet(4, "\u00fc\u0000\u0010" + "x".repeat(4096));

        TaskFailure refused = answering("execute bascule", rows('\u00fd'), row);

        assertThat(refused.error().code()).isEqualTo("row-too-large");
        assertThat(refused.error().message()).contains("67108864 bytes in all");
        assertThat(sent).hasValueBetween(32 << 20, 128 << 20);
    }

    @Test
    void emptyRowsWithoutEndEndTheTaskToo() throws Exception {
        TaskFailure refused = answering("start transaction", rows('\u00fd'), repeated(packet(4, "\u00fb"), 1000));
        assertThat(refused.error().message()).contains("rows that nobody asked for");
    }

    /** Their digits would take a core for an hour. */
    @Test
    @Timeout(20)
    void moreBitsThanThereAreEndTheTask() throws Exception {
        byte[] row = packet(4, "\u00fd\u0000\u0000\u0080" + "\u00ff".repeat(8 << 20));

        TaskFailure refused = answering("execute bascule", rows('\u0010'), row);

        assertThat(refused.error().code()).isEqualTo("protocol-violation");
        assertThat(refused.error().message()).contains("8388608 bytes of bits");
    }

    /** Of a message as long as a packet may be, a little is looked at, and what was cut in the middle of a value does not show it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "value '",
                "(conn=1) ",
                "Duplicate entry 'hush",
                "Duplicate entry 'hush' for hush ",
                "(conn=1) Incorrect value: 'hush' for "
            })
    @Timeout(20)
    void aLongMessageIsReadInNoTime(String part) throws Exception {
        byte[] error = packet(1, "\u00ff&\u0004#23000" + part.repeat(1_000_000 / part.length()));

        TaskFailure refused = answering("execute bascule", error, packet(2, "x"));

        assertThat(refused.error().code()).isEqualTo("sqlstate-23000");
        assertThat(refused.error().message()).contains("error 1062").doesNotContain("hush");
        assertThat(refused.error().message().length()).isLessThan(2_200);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0003', '\u0005'})
    void aNumberThatIsNoneEndsTheTask(char type) throws Exception {
        TaskFailure refused = answering("execute bascule", rows(type), packet(4, "\u0004none"));

        assertThat(refused.error().code()).isEqualTo("protocol-violation");
        assertThat(refused.error().message()).contains("no number");
    }

    private TaskFailure breach(byte[]... answers) throws Exception {
        var all = new ByteArrayOutputStream();
        for (byte[] answer : answers) {
            all.writeBytes(answer);
        }
        TaskFailure refused =
                assertBreach("select 1", List.of(greeting("mysql_native_password"), ok(2), all.toByteArray()));
        assertThat(refused.error().code()).isEqualTo("protocol-violation");
        return refused;
    }

    private TaskFailure assertBreach(String statement, List<byte[]> answers) throws Exception {
        return refused(statement, () -> serve(answers));
    }

    /** What a task fails with at a server that answers this command so, and then says the rest without end. */
    private TaskFailure answering(String command, byte[] answer, byte[] rest) throws Exception {
        return refused("select 1", () -> serve(command, answer, rest));
    }

    private TaskFailure refused(String statement, Runnable service) throws Exception {
        Thread serving = Thread.ofVirtual().start(service);
        var handler = new SqlQueryHandler(DirectTunnels.to("mysql", server.getLocalPort()), List.of(new MySqlServer()));
        var thrown = new AtomicReference<TaskFailure>();
        String input = """
                {"resource": "r", "database": "d", "user": "u", "password": {"secret": "DB_PASSWORD"}, "readOnly": false,
                 "statement": "%s"}""".formatted(statement);

        assertThatThrownBy(() -> handler.run(TaskOnPaper.of(input, Map.of("DB_PASSWORD", PASSWORD))))
                .isInstanceOfSatisfying(TaskFailure.class, thrown::set);

        serving.join();
        assertThat(thrown.get().isRetryable()).isFalse();
        return thrown.get();
    }

    /** One answer to each packet of the client, the first to none; then it listens until the driver goes. */
    private void serve(List<byte[]> answers) {
        var said = new ByteArrayOutputStream();
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            for (byte[] answer : answers) {
                client.getOutputStream().write(answer);
                client.getOutputStream().flush();
                if (answer != answers.getLast()) {
                    said.writeBytes(packetOf(in));
                }
            }
            in.transferTo(said);
        } catch (IOException gone) {
            // The driver had enough.
        }
        heard.complete(said.toByteArray());
    }

    private void serve(String command, byte[] answer, byte[] rest) {
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            out.write(greeting("mysql_native_password"));
            packetOf(in);
            out.write(ok(2));
            String asked = query(in);
            while (!asked.contains(command)) {
                out.write(asked.contains("connection_id") ? session() : ok(1));
                asked = query(in);
            }
            out.write(answer);
            while (true) {
                out.write(rest);
                sent.addAndGet(rest.length);
            }
        } catch (IOException gone) {
            // The driver had enough.
        }
    }

    private static String query(InputStream in) throws IOException {
        return new String(packetOf(in), StandardCharsets.ISO_8859_1);
    }

    private static byte[] packetOf(InputStream in) throws IOException {
        byte[] header = new DataInputStream(in).readNBytes(4);
        return in.readNBytes((header[0] & 0xFF) | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16);
    }

    private static String text(CompletableFuture<byte[]> bytes) throws Exception {
        return new String(bytes.get(), StandardCharsets.ISO_8859_1);
    }

    /** Version 10 of the protocol, with what any server can but TLS. */
    private static byte[] greeting(String login) {
        return packet(
                0,
                "\n8.4.0\u0000\u0001\u0000\u0000\u0000" + "abcdefgh" + "\u0000" + "\u00ff\u00f7" + "-"
                        + "\u0002\u0000" + "\u00ff\u0001" + "\u0015" + "\u0000".repeat(10) + "ijklmnopqrst\u0000"
                        + login
                        + "\u0000");
    }

    private static byte[] ok(int number) {
        return packet(number, "\u0000\u0000\u0000\u0002\u0000\u0000\u0000");
    }

    /** One column of the type, and the end of columns: rows follow. */
    private static byte[] rows(char type) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(packet(1, "\u0001"));
        all.writeBytes(packet(2, column().replace('\u00fd', type)));
        all.writeBytes(packet(3, "\u00fe\u0000\u0000\u0002\u0000"));
        return all.toByteArray();
    }

    /** One row with the number of a session. */
    private static byte[] session() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(rows('\u00fd'));
        all.writeBytes(packet(4, "\u00017"));
        all.writeBytes(packet(5, "\u00fe\u0000\u0000\u0002\u0000"));
        return all.toByteArray();
    }

    private static byte[] repeated(byte[] packet, int times) {
        var all = new ByteArrayOutputStream(packet.length * times);
        for (int time = 0; time < times; time++) {
            all.writeBytes(packet);
        }
        return all.toByteArray();
    }

    private static String column() {
        return "\u0003def\u0000\u0000\u0000\u0001a\u0000\u000c-\u0000\n\u0000\u0000\u0000\u00fd\u0000\u0000\u0000\u0000\u0000";
    }

    private static byte[] packet(int number, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        byte[] packet = new byte[bytes.length + 4];
        packet[0] = (byte) bytes.length;
        packet[1] = (byte) (bytes.length >> 8);
        packet[2] = (byte) (bytes.length >> 16);
        packet[3] = (byte) number;
        System.arraycopy(bytes, 0, packet, 4, bytes.length);
        return packet;
    }
}
