package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Connections of functions to resources, and what functions may not do with them. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(180)
class ResourceTests {

    private static final Map<Language, String> ECHO = Map.of(
            Language.JAVASCRIPT, """
            const handler = async ({ name, size }, context) => {
              const socket = await context.resource(name).connect();
              socket.end(Buffer.alloc(size, 'x'));
              let said = 0;
              for await (const piece of socket) said += piece.length;
              return said;
            };
            """,
            Language.PYTHON, """
            import socket
            def handler(input, context):
                with context.resource(input['name']).connect(timeout=60) as connection:
                    connection.sendall(b'x' * input['size'])
                    connection.shutdown(socket.SHUT_WR)
                    with connection.makefile('rb') as answer:
                        return len(answer.read())
            """);
    private static final Map<Language, String> HTTP = Map.of(
            Language.JAVASCRIPT, """
            const handler = async ({ name, url, body, ca }, context) => {
              const init = { headers: { 'x-mine': 'yes' }, tls: { ca } };
              if (body) Object.assign(init, { method: 'POST', body });
              const answer = await context.resource(name).fetch(url, init);
              return [answer.status, answer.headers.get('x-own'), await answer.text()];
            };
            """,
            Language.PYTHON, """
            import ssl
            def handler(input, context):
                body = input.get('body')
                trusting = ssl.create_default_context(cadata=input['ca']) if 'ca' in input else None
                answer = context.resource(input['name']).request('POST' if body else 'GET', input['url'],
                    body.encode() if body else None, {'x-mine': 'yes'}, timeout=60, context=trusting)
                return [answer.status, answer.headers['x-own'], answer.read().decode()]
            """);
    private static final Map<Language, String> CAUGHT = Map.of(
            Language.JAVASCRIPT, """
            const handler = async ({ names }, context) => {
              const opened = [];
              for (const name of names) {
                try { opened.push(await context.resource(name).connect()); }
                catch (error) { return [opened.length, error.code, error.message]; }
              }
            };
            """,
            Language.PYTHON, """
            def handler(input, context):
                opened = []
                for name in input['names']:
                    try:
                        opened.append(context.resource(name).connect(timeout=60))
                    except OSError as error:
                        return [len(opened), getattr(error, 'code', None), str(error)]
            """);
    /** Speaks to the runner itself, past the wrapper's own check: sends frames, returns the types of those that come. */
    private static final Map<Language, String> FRAMES = Map.of(
            Language.JAVASCRIPT, """
            const fs = require('node:fs');
            const read = (length) => {
              const bytes = Buffer.alloc(length);
              try { return bytes.subarray(0, fs.readSync(4, bytes)); } catch { return bytes.subarray(0, 0); }
            };
            const handler = ({ frames, answers }) => {
              for (const [type, id, length, text] of frames) {
                const head = Buffer.alloc(9);
                head[0] = type; head.writeUInt32BE(id, 1); head.writeUInt32BE(length, 5);
                const frame = Buffer.concat([head, Buffer.alloc(length, text)]);
                for (let sent = 0; sent < frame.length;) {
                  try { sent += fs.writeSync(4, frame, sent); } catch { return 'cut'; }
                }
              }
              const types = [];
              for (let n = 0; n < answers; n++) {
                const head = read(9);
                if (head.length < 9) return 'cut';
                types.push(head[0]);
                read(head.readUInt32BE(5));
              }
              return types;
            };
            """,
            Language.PYTHON, """
            import os, struct
            def read(length):
                try:
                    return os.read(4, length)
                except OSError:
                    return b''
            def handler(input, context):
                for kind, id, length, text in input['frames']:
                    frame = struct.pack('>BII', kind, id, length) + (text * (length or 1)).encode()[:length]
                    while frame:
                        try:
                            frame = frame[os.write(4, frame):]
                        except OSError:
                            return 'cut'
                types = []
                for _ in range(input['answers']):
                    head = read(9)
                    if len(head) < 9:
                        return 'cut'
                    kind, _, length = struct.unpack('>BII', head)
                    types.append(kind)
                    if length:
                        read(length)
                return types
            """);

    private static final String HOLD_JS = """
            const handler = async ({ name }, context) => {
              const socket = await context.resource(name).connect();
              socket.write('in');
              socket.on('error', () => {});
              await new Promise((done) => setTimeout(done, 170000));
            };
            """;

    private TestResources resources;
    private TestRunner runner;

    @BeforeAll
    void start() throws Exception {
        resources = new TestResources();
        runner = new TestRunner(TestSandbox.highestLevel(), 2, 2);
        runner.resources = List.of("echo", "silent", "web", "secure", "gone");
        runner.carrier = this::carry;
    }

    @AfterAll
    void stop() throws IOException {
        runner.close();
        resources.close();
    }

    private void carry(String connection, String resource) {
        resources.carry(runner.connections, connection, resource);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionCarriesBytesBothWaysAndTheirEnd(Language language) {
        assertThat(result(language, ECHO, "{\"name\":\"echo\",\"size\":5}")).isEqualTo("5");
    }

    /** More than any window on the way: neither side may wait for the other before it has sent all. */
    @ParameterizedTest
    @EnumSource
    void whoSendsMoreThanAWindowHearsTheEchoMeanwhile(Language language) {
        assertThat(result(language, ECHO, "{\"name\":\"echo\",\"size\":450000}"))
                .isEqualTo("450000");
    }

    @ParameterizedTest
    @EnumSource
    void aResourceIsAskedOverHttp(Language language) {
        assertThat(result(language, HTTP, "{\"name\":\"web\",\"url\":\"/a?b=c\"}"))
                .isEqualTo("[200,\"own\",\"GET /a?b=c web x-mine=yes body=\"]");
        assertThat(result(language, HTTP, "{\"name\":\"web\",\"url\":\"http://shop.example/a\",\"body\":\"grün\"}"))
                .isEqualTo("[200,\"own\",\"POST /a shop.example x-mine=yes body=grün\"]");
    }

    @ParameterizedTest
    @EnumSource
    void tlsIsSpokenByTheFunctionItself(Language language) {
        String input = JsonMapper.shared()
                .writeValueAsString(
                        Map.of("name", "secure", "url", "https://secure.example/a", "ca", resources.certificate.pem()));

        assertThat(result(language, HTTP, input)).isEqualTo("[200,\"own\",\"GET /a secure.example x-mine=yes body=\"]");
        assertThat(run(language, HTTP, input.replace("https://secure.example", "https://other.example")))
                .as("a certificate for another name")
                .isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatPassesCountsAgainstTheLimitOfTheJob(Language language) {
        assertThat(run(language, ECHO, "{\"name\":\"echo\",\"size\":900000}"))
                .isEqualTo(new HitLimit(LimitKind.EGRESS, 1 << 20));
    }

    @ParameterizedTest
    @EnumSource
    void aResourceThatTheVersionDoesNotNameIsRefusedWithWhatToChange(Language language) {
        assertThat(run(language, ECHO, "{\"name\":\"database\",\"size\":5}"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("database", "resources", "echo"));
        assertThat(run(language, ECHO, "{\"name\":\"127.0.0.1:%d\",\"size\":5}".formatted(resources.echoPort())))
                .as("an address")
                .isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @EnumSource
    void theRunnerRefusesWhatTheWrapperDidNotAsk(Language language) {
        int before = resources.echoed.get();

        assertThat(frames(language, "[34,1,8,\"database\"]", 1)).isEqualTo("[51]");
        String address = "127.0.0.1:%d".formatted(resources.echoPort());
        assertThat(frames(language, "[34,1,%d,\"%s\"]".formatted(address.length(), address), 1))
                .isEqualTo("[51]");
        assertThat(resources.echoed.get()).isEqualTo(before);
        assertThat(frames(language, "[34,1,4,\"echo\"]", 1))
                .as("control: a name of the list, OPENED")
                .isEqualTo("[52]");
    }

    @ParameterizedTest
    @EnumSource
    void whoSendsMoreThanTheWindowIsCutOff(Language language) {
        String open = "[34,1,6,\"silent\"]";
        String full = "[35,1,65536,\"x\"]";

        // Nobody carries it, so nothing of it is taken.
        runner.carrier = (_, _) -> {};
        try {
            assertThat(frames(
                            language,
                            String.join(",", open, full, full, full, full, "[33,1,0,\"\"]", "[34,2,2,\"no\"]"),
                            1))
                    .as("control: a whole window")
                    .isEqualTo("[51]");
            assertThat(frames(language, String.join(",", open, full, full, full, full, "[35,1,1,\"x\"]"), 1))
                    .isEqualTo("\"cut\"");
            assertThat(frames(language, "[34,1,6,\"silent\"],[35,1,65537,\"x\"]", 1))
                    .as("a larger piece than agreed")
                    .isEqualTo("\"cut\"");
        } finally {
            runner.carrier = this::carry;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJobHasSoManyConnectionsAndNoMore(Language language) {
        assertThat(result(language, CAUGHT, "{\"names\":[\"echo\",\"echo\",\"echo\",\"echo\"]}"))
                .isEqualTo("[3,\"RESOURCE_BUSY\",\"More than 3 connections at once\"]");
    }

    @ParameterizedTest
    @EnumSource
    void whyThereIsNoWayIsTheFunctionsError(Language language) {
        assertThat(result(language, CAUGHT, "{\"names\":[\"gone\"]}"))
                .isEqualTo("[0,\"RESOURCE_NOT_FOUND\",\"There is no resource gone\"]");
    }

    @ParameterizedTest
    @EnumSource
    void whatAFunctionLeavesOpenEndsWithIt(Language language) throws Exception {
        assertThat(result(language, CAUGHT, "{\"names\":[\"silent\",\"gone\"]}"))
                .startsWith("[1,");

        assertThatItEnds(resources.held.poll(60, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource(names = "JAVASCRIPT")
    void aCancelEndsTheConnectionToo(Language language) throws Exception {
        var course = runner.begin(language, HOLD_JS, "{\"name\":\"silent\"}", TestRunner.LIMITS);
        Socket connection = resources.held.poll(60, TimeUnit.SECONDS);
        assertThat(connection).isNotNull();
        assertThat(connection.getInputStream().readNBytes(2)).asString().isEqualTo("in");

        runner.runner.cancel(course.id);

        assertThat(course.await().outcome()).isInstanceOf(JobOutcome.Cancelled.class);
        assertThatItEnds(connection);
    }

    @ParameterizedTest
    @EnumSource(names = "JAVASCRIPT")
    void nobodyCarriesAConnectionAfterItsJob(Language language) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        runner.carrier = (connection, _) -> asked.add(connection);
        try {
            String ask =
                    "const handler = (_, context) => { context.resource('echo').socket().on('error', () => {}); };";
            assertThat(runner.run(language, ask, "{}").outcome()).isEqualTo(new Succeeded("null"));
            String connection = asked.poll(60, TimeUnit.SECONDS);

            assertThat(SocketCarrier.carry(runner.connections, connection, resources.echoPort()))
                    .isFalse();
        } finally {
            runner.carrier = this::carry;
        }
    }

    private static void assertThatItEnds(Socket connection) throws IOException {
        connection.setSoTimeout(60_000);
        try {
            while (connection.getInputStream().read() >= 0) {
                assertThat(connection.isConnected()).isTrue();
            }
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private JobOutcome run(Language language, Map<Language, String> sources, String input) {
        assumeTrue(language == Language.JAVASCRIPT || TestSandbox.hasPython(), "no Python that jobs may use");
        return runner.run(language, Objects.requireNonNull(sources.get(language)), input)
                .outcome();
    }

    private String result(Language language, Map<Language, String> sources, String input) {
        JobOutcome outcome = run(language, sources, input);
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return ((Succeeded) outcome).output();
    }

    private String frames(Language language, String frames, int answers) {
        return result(language, FRAMES, "{\"frames\":[%s],\"answers\":%d}".formatted(frames, answers));
    }
}
