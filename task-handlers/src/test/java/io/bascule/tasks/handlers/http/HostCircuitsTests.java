package io.bascule.tasks.handlers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.http.HostCircuits.Host;
import io.bascule.tasks.worker.TaskFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostCircuitsTests {

    private static final Host SHOP = new Host(new UUID(0, 1), "shop.example:80");

    private Instant now = Instant.EPOCH;
    private final HostCircuits circuits = new HostCircuits(() -> now);

    @Test
    void aHostThatDoesNotAnswerFiveTimesInARowIsLeftAloneForAMinute() throws Exception {
        fail(Circuit.FAILURES - 1);
        assertThatCode(() -> circuits.enter(SHOP)).doesNotThrowAnyException();
        circuits.failed(SHOP);

        assertRefused("shop.example:80 did not answer 5 times in a row and is left alone for 60 s more");
        now = now.plus(Circuit.REST).minusMillis(1);
        assertRefused("1 s more");
        now = now.plusMillis(1);
        circuits.enter(SHOP);
    }

    @Test
    void anAnswerInBetweenBeginsTheCountAnew() throws Exception {
        fail(Circuit.FAILURES - 1);
        circuits.enter(SHOP);
        circuits.answered(SHOP);
        fail(Circuit.FAILURES - 1);

        assertThatCode(() -> circuits.enter(SHOP)).doesNotThrowAnyException();
    }

    @Test
    void oneCallTriesTheHostAndTheOthersWaitForWhatItLearns() throws Exception {
        openAndRest();
        circuits.enter(SHOP);
        assertRefused("left alone");
        circuits.failed(SHOP);
        assertRefused("left alone for 60 s");

        now = now.plus(Circuit.REST);
        circuits.enter(SHOP);
        circuits.answered(SHOP);
        circuits.enter(SHOP);
        circuits.enter(SHOP);
    }

    @Test
    void aTrialThatIsGivenUpIsAnothersAtOnceAndOneThatNeverEndsAfterAMinute() throws Exception {
        openAndRest();
        circuits.enter(SHOP);
        circuits.abandoned(SHOP);
        circuits.enter(SHOP);
        assertRefused("left alone");

        now = now.plus(Circuit.REST);
        circuits.enter(SHOP);
    }

    @Test
    void noWorkspaceClosesAHostToAnother() throws Exception {
        fail(Circuit.FAILURES);
        assertRefused("left alone");

        assertThatCode(() -> circuits.enter(new Host(new UUID(0, 2), SHOP.name())))
                .doesNotThrowAnyException();
    }

    @Test
    void requestsToAHostThatDoesNotAnswerAreRefusedBeforeTheyAreSentAndGoOnceItDoes() throws Exception {
        var answers = new AtomicBoolean();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            if (answers.get()) {
                call.sendResponseHeaders(503, -1);
            }
            call.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try (var handler = new HttpRequestHandler(DirectTunnels.to(port), () -> now)) {
            for (int call = 0; call < Circuit.FAILURES; call++) {
                assertThatThrownBy(() -> handler.run(request())).hasMessageNotContaining("left alone");
            }
            answers.set(true);
            assertThatThrownBy(() -> handler.run(request()))
                    .isInstanceOfSatisfying(
                            TaskFailure.class,
                            refused -> assertThat(refused.isRetryable()).isTrue())
                    .hasMessageContaining("Resource shop did not answer 5 times in a row");
            now = now.plus(Circuit.REST);
            assertThat(handler.run(request()).path("status").asInt())
                    .as("an answer, whatever it says")
                    .isEqualTo(503);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aHostIsNamedWithItsPortAndWithoutWhoCalls() {
        assertThat(hostOf("http://shop.example/orders?page=2")).isEqualTo("shop.example");
        assertThat(hostOf("http://me:word@shop.example:8080/")).isEqualTo("shop.example:8080");
        assertThat(hostOf("http://[::1]:8080/")).isEqualTo("[::1]:8080");
        assertThat(hostOf("http://my_shop.example:8080/"))
                .as("a name that URI knows no host of")
                .isEqualTo("my_shop.example:8080");
    }

    private static String hostOf(String url) {
        TaskOnPaper task = TaskOnPaper.of("{\"url\": \"%s\"}".formatted(url), Map.of());
        return HttpCall.of(task.input(), Map.of()).host();
    }

    private static TaskOnPaper request() {
        return TaskOnPaper.of("{\"resource\": \"shop\", \"path\": \"/\"}", Map.of());
    }

    private void openAndRest() throws TaskFailure {
        fail(Circuit.FAILURES);
        now = now.plus(Circuit.REST);
    }

    private void fail(int times) throws TaskFailure {
        for (int call = 0; call < times; call++) {
            circuits.enter(SHOP);
            circuits.failed(SHOP);
        }
    }

    private void assertRefused(String words) {
        assertThatThrownBy(() -> circuits.enter(SHOP)).hasMessageContaining(words);
    }
}
