package io.bascule.tasks.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.util.RawValue;

/** Does what no handler should: what its input says. */
final class MisbehavingHandler implements TaskHandler {

    /** Too deep for PostgreSQL, though of a legal size. */
    private static final int DEEP = 100_000;

    final CountDownLatch mayReturn = new CountDownLatch(1);
    private final Semaphore started = new Semaphore(0);

    @Override
    public String type() {
        return "echo";
    }

    @Override
    public JsonNode run(TaskContext context) throws Exception {
        started.release();
        String script = context.input().path("do").asString();
        return switch (script) {
            case "overflow" -> overflow(0);
            case "run out of memory" -> throw new OutOfMemoryError("scripted");
            case "lack a class" -> throw new NoClassDefFoundError("io/bascule/Missing");
            case "throw at length" -> throw new IllegalStateException("\0long".repeat(2_000));
            case "return what is no JSON" -> new POJONode(new Unserializable());
            case "return nothing" -> nothing();
            case "nest" -> nested();
            case "nest past our own limit" -> new POJONode(new RawValue("[".repeat(DEEP) + "]".repeat(DEEP)));
            case "ignore" -> ignored();
            case "exit" -> exited();
            case "kill" -> killed();
            default -> StringNode.valueOf(script);
        };
    }

    void awaitStarted() throws InterruptedException {
        if (!started.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new AssertionError("no handler started");
        }
    }

    private static JsonNode overflow(int depth) {
        return depth < 0 ? StringNode.valueOf("") : overflow(depth + 1);
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static JsonNode nothing() {
        return null;
    }

    private static JsonNode nested() {
        ArrayNode top = JsonMapper.shared().createArrayNode();
        ArrayNode inner = top;
        for (int depth = 0; depth < DEEP; depth++) {
            inner = inner.addArray();
        }
        return top;
    }

    private JsonNode ignored() {
        boolean interrupted = false;
        while (mayReturn.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            interrupted |= Thread.interrupted();
        }
        return StringNode.valueOf(interrupted ? "went on" : "was not asked");
    }

    @SuppressWarnings("SystemExitOutsideMain")
    private static JsonNode exited() {
        System.exit(3);
        return StringNode.valueOf("still here");
    }

    /** As by a signal: without a last word. */
    private static JsonNode killed() {
        Runtime.getRuntime().halt(4);
        return StringNode.valueOf("still here");
    }

    /** Refers to itself. */
    static final class Unserializable {

        public Unserializable getSelf() {
            return this;
        }
    }
}
