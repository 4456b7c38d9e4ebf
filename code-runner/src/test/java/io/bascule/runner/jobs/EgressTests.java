package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of functions, which the runner makes where the function's policy and its own permit them. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class EgressTests {

    private static final String FETCH_JS = """
            const handler = async ({ url, method, body, times }) => {
              const one = async () => {
                try {
                  const response = await fetch(url, { method, body, headers: { 'x-mine': 'yes' } });
                  return [response.status, (await response.text()).slice(0, 200)];
                } catch (error) { return [error.cause.code, error.cause.message]; }
              };
              return (await Promise.all(Array.from({ length: times ?? 1 }, one))).at(-1);
            };
            """;
    private static final String FETCH_PY = """
            import concurrent.futures, urllib.request, urllib.error
            def handler(input, context):
                def one(_):
                    data = input.get('body')
                    request = urllib.request.Request(input['url'], method=input.get('method', 'GET'),
                        data=data.encode() if data else None, headers={'x-mine': 'yes'})
                    try:
                        with urllib.request.urlopen(request) as response:
                            return [response.status, response.read().decode()[:200]]
                    except urllib.error.URLError as error:
                        return [error.reason.code, str(error.reason)]
                with concurrent.futures.ThreadPoolExecutor(4) as threads:
                    return list(threads.map(one, range(input.get('times', 1))))[-1]
            """;

    private static final String FRAMES_JS = """
            const fs = require('node:fs');
            const handler = ({ heads }) => {
              const read = (length) => { const b = Buffer.alloc(length); return b.subarray(0, fs.readSync(4, b)); };
              for (const head of heads) {
                const told = Buffer.from(JSON.stringify(head));
                const frame = Buffer.alloc(13);
                frame[0] = 0x20; frame.writeUInt32BE(1, 1); frame.writeUInt32BE(told.length + 4, 5);
                frame.writeUInt32BE(told.length, 9);
                fs.writeSync(4, Buffer.concat([frame, told]));
                const answer = read(9);
                if (answer[0] !== 0x33) return 'ok';
                read(answer.readUInt32BE(5));
              }
              fs.writeSync(4, Buffer.alloc(9, 0xff));
              return '';
            };
            """;
    private static final String FRAMES_PY = """
            import json, os, struct
            def handler(input, context):
                for head in input['heads']:
                    told = json.dumps(head).encode()
                    body = struct.pack('>I', len(told)) + told
                    os.write(4, struct.pack('>BII', 0x20, 1, len(body)) + body)
                    kind, exchange, length = struct.unpack('>BII', os.read(4, 9))
                    if kind != 0x33:
                        return 'ok'
                    os.read(4, length)
                os.write(4, b'\\xff' * 9)
                return os.read(4, 1).decode()
            """;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private TestRunner open;
    private TestRunner closed;
    private String host;

    @BeforeAll
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", exchange -> answer(exchange, 200, told(exchange)));
        server.createContext("/large", exchange -> answer(exchange, 200, "x".repeat(2 << 20)));
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "/echo?moved");
            answer(exchange, 302, "");
        });
        server.createContext("/to-metadata", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data/");
            answer(exchange, 302, "");
        });
        server.createContext("/to-listed-metadata", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254:81/latest/meta-data/");
            answer(exchange, 302, "");
        });
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
        open = new TestRunner(TestSandbox.highestLevel(), 2, 2, List.of("127.0.0.1/32"));
        open.hosts = List.of(host, "169.254.169.254:81", "unknown.invalid", "*.localhost");
        closed = new TestRunner(TestSandbox.highestLevel(), 1, 1);
        closed.hosts = List.of(host, "localhost:" + server.getAddress().getPort());
    }

    @AfterAll
    void stop() {
        server.stop(0);
        open.close();
        closed.close();
    }

    @ParameterizedTest
    @EnumSource
    void aListedHostIsReached(Language language) {
        assertThat(fetch(open, language, "{\"url\":\"http://%s/echo?q=1\"}".formatted(host)))
                .isEqualTo("[200,\"GET /echo?q=1 x-mine=yes body=\"]");
        assertThat(fetch(
                        open,
                        language,
                        "{\"url\":\"http://%s/echo\",\"method\":\"POST\",\"body\":\"grün\"}".formatted(host)))
                .isEqualTo("[200,\"POST /echo x-mine=yes body=grün\"]");
    }

    @Test
    void whatGoesOutAndComesBackIsCountedAndSoAreRefusals() {
        double bytes = counted("bytes");
        double answered = counted("requests", "outcome", "answered");
        fetch(open, Language.JAVASCRIPT, "{\"url\":\"http://%s/echo\"}".formatted(host));
        fetch(open, Language.JAVASCRIPT, "{\"url\":\"http://not.listed.example/\"}");

        assertThat(counted("bytes") - bytes).isPositive();
        assertThat(counted("requests", "outcome", "answered") - answered).isOne();
        assertThat(counted("requests", "outcome", "egress_host")).isPositive();
    }

    private double counted(String what, String... tags) {
        return open.meters
                .get("custom.code.runner.egress." + what)
                .tags(tags)
                .counter()
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void severalRequestsAtOnceEachGetTheirAnswer(Language language) {
        int before = requests.get();

        assertThat(fetch(open, language, "{\"url\":\"http://%s/echo\",\"times\":4}".formatted(host)))
                .isEqualTo("[200,\"GET /echo x-mine=yes body=\"]");
        assertThat(requests.get() - before).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectIsFollowedWithinThePolicyOnly(Language language) {
        assertThat(fetch(open, language, "{\"url\":\"http://%s/away\"}".formatted(host)))
                .isEqualTo("[200,\"GET /echo?moved x-mine=yes body=\"]");
        assertThat(fetch(open, language, "{\"url\":\"http://%s/to-metadata\"}".formatted(host)))
                .startsWith("[\"EGRESS_HOST\"");
        assertThat(fetch(open, language, "{\"url\":\"http://%s/to-listed-metadata\"}".formatted(host)))
                .startsWith("[\"EGRESS_ADDRESS\"");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotListedIsRefusedAndNotEvenLookedUp(Language language) {
        for (String url : List.of(
                "http://secret.example.com/",
                "http://[::1]/",
                "http://2130706433/",
                "http://127.0.0.1:1/",
                "https://" + host.split(":", 2)[0] + "/")) {
            assertThat(fetch(open, language, "{\"url\":\"%s\"}".formatted(url)))
                    .as(url)
                    .startsWith("[\"EGRESS_HOST\"");
        }
        assertThat(fetch(open, language, "{\"url\":\"http://unknown.invalid/\"}"))
                .startsWith("[\"ENOTFOUND\"");
    }

    @ParameterizedTest
    @EnumSource
    void aPrivateAddressIsRefusedWhateverNameItHas(Language language) {
        int before = requests.get();

        assertThat(fetch(closed, language, "{\"url\":\"http://%s/echo\"}".formatted(host)))
                .startsWith("[\"EGRESS_ADDRESS\"");
        assertThat(fetch(
                        closed,
                        language,
                        "{\"url\":\"http://localhost:%d/echo\"}"
                                .formatted(server.getAddress().getPort())))
                .startsWith("[\"EGRESS_ADDRESS\"");
        assertThat(requests.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void tooManyBytesEndTheJob(Language language) {
        assumeThereIs(language);
        var ran = open.run(language, source(language), "{\"url\":\"http://%s/large\"}".formatted(host));

        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.EGRESS, 1 << 20));
        var sent = open.run(
                language,
                source(language),
                "{\"url\":\"http://%s/echo\",\"method\":\"POST\",\"body\":\"%s\"}"
                        .formatted(host, "x".repeat(1_100_000)));
        assertThat(sent.outcome()).isEqualTo(new HitLimit(LimitKind.EGRESS, 1 << 20));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAPolicyThereIsNoEgress(Language language) {
        assumeThereIs(language);
        try (var without = new TestRunner(TestSandbox.highestLevel(), 1, 0, List.of("127.0.0.1/32"))) {
            assertThat(fetch(without, language, "{\"url\":\"http://%s/echo\"}".formatted(host)))
                    .startsWith("[\"EGRESS_HOST\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestCannotCarryAnotherOne(Language language) {
        assumeThereIs(language);
        int before = requests.get();
        String frame = language == Language.PYTHON ? FRAMES_PY : FRAMES_JS;
        String heads = """
                {"heads":[{"url":"http://%1$s/echo","method":"GET /echo HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nGET"},
                 {"url":"http://%1$s/echo","headers":[["x","y\\r\\n\\r\\nGET /echo HTTP/1.1"]]},
                 {"url":"http://%1$s/echo","headers":[["x\\r\\ny","z"]]},
                 {"url":"http://%1$s/ec ho"},{"url":"http://user@%1$s/echo"},{"url":"file:///etc/passwd"},{"url":"gopher://%1$s/"},
                 {"url":"http://%1$s/echo","method":"CONNECT"},{}]}
                """.formatted(host);

        var ran = open.run(language, frame, heads);

        assertThat(ran.outcome()).isEqualTo(new JobOutcome.Succeeded("\"\""));
        assertThat(requests.get()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatSaysNothingEndsWithTheJob(Language language) throws Exception {
        assumeThereIs(language);
        try (var silent = new java.net.ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var runner = new TestRunner(TestSandbox.highestLevel(), 1, 0, List.of("127.0.0.1/32"))) {
            runner.hosts = List.of("127.0.0.1:" + silent.getLocalPort());
            var limits = new JobLimits(
                    java.time.Duration.ofSeconds(1),
                    TestRunner.LIMITS.cpuTime(),
                    TestRunner.LIMITS.memory(),
                    TestRunner.LIMITS.outputBytes(),
                    TestRunner.LIMITS.logBytes());
            var course = runner.begin(
                    language,
                    source(language),
                    "{\"url\":\"http://127.0.0.1:%d/\"}".formatted(silent.getLocalPort()),
                    limits);
            var connection = silent.accept();
            connection.setSoTimeout(15_000);

            assertThat(course.await().outcome()).isEqualTo(new HitLimit(LimitKind.WALL_TIME, 1000));
            while (connection.getInputStream().read() >= 0) {
                assertThat(connection.isConnected()).isTrue();
            }
        }
    }

    private static String source(Language language) {
        return language == Language.PYTHON ? FETCH_PY : FETCH_JS;
    }

    private static String fetch(TestRunner runner, Language language, String input) {
        assumeThereIs(language);
        var ran = runner.run(language, source(language), input);
        assertThat(ran.outcome()).isNotInstanceOf(Failed.class);
        return ((JobOutcome.Succeeded) ran.outcome()).output();
    }

    private static void assumeThereIs(Language language) {
        assumeTrue(language == Language.JAVASCRIPT || TestSandbox.hasPython(), "no Python that jobs may use");
    }

    private String told(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return "%s %s x-mine=%s body=%s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("x-mine"),
                        body);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Without a length the answer comes in chunks.
        exchange.sendResponseHeaders(status, text.startsWith("POST") ? 0 : bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
