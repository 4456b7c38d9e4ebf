package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** Does what its input says: {@code say X}, {@code wait}, {@code fail}, {@code explode}, {@code log secret}, {@code flood}. */
final class ScriptedHandler implements TaskHandler {

    final CountDownLatch mayGo = new CountDownLatch(1);
    final CountDownLatch stopped = new CountDownLatch(1);
    final AtomicInteger interrupted = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Semaphore started = new Semaphore(0);

    @Override
    public String type() {
        return "echo";
    }

    @Override
    public JsonNode run(TaskContext context) throws Exception {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        started.release();
        try {
            String script = context.input().path("do").asString();
            return switch (script) {
                case "wait" -> untilAllowed();
                case "fail" -> throw TaskFailure.retryable("scripted", "as the script says");
                case "explode" -> throw new IllegalStateException("boom");
                case "log secret" -> logged(context);
                case "log opened secret" -> opened(context);
                case "open too much" ->
                    StringNode.valueOf(String.join(
                            "", context.secrets(Set.of("N".repeat(256 << 10))).values()));
                case "log it without opening it" -> unopened(context);
                case "count and fail" -> counted(context);
                case "flood" -> StringNode.valueOf("x".repeat(1 << 20));
                default -> StringNode.valueOf(script.replaceFirst("say ", ""));
            };
        } finally {
            running.decrementAndGet();
        }
    }

    private static JsonNode logged(TaskContext context) throws TaskFailure {
        context.mask("hunter2hunter2");
        context.log("signing in with hunter2hunter2");
        throw TaskFailure.forGood("scripted", "hunter2hunter2 is wrong");
    }

    private static JsonNode opened(TaskContext context) throws TaskFailure, InterruptedException {
        String secret = context.secrets(Set.of("DB")).get("DB");
        context.log("signing in with " + secret);
        throw new IllegalStateException(secret + " is wrong");
    }

    private static JsonNode unopened(TaskContext context) {
        context.log("signing in with value of DB");
        throw new IllegalStateException("value of DB is wrong");
    }

    /** Fails until the third attempt, each counting on from the one before. */
    private static JsonNode counted(TaskContext context) throws TaskFailure {
        int count = context.checkpoint().map(JsonNode::asInt).orElse(0) + 1;
        context.checkpoint(IntNode.valueOf(count));
        if (count < 3) {
            throw TaskFailure.retryable("scripted", "count " + count);
        }
        return IntNode.valueOf(count);
    }

    void awaitStarted(int number) throws InterruptedException {
        assertThat(started.tryAcquire(number, 10, TimeUnit.SECONDS))
                .as("%d handlers started", number)
                .isTrue();
    }

    private JsonNode untilAllowed() throws InterruptedException {
        try {
            mayGo.await();
            return StringNode.valueOf("went");
        } catch (InterruptedException stop) {
            interrupted.incrementAndGet();
            stopped.countDown();
            throw stop;
        }
    }
}
