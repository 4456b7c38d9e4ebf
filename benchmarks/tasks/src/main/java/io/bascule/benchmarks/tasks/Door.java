package io.bascule.benchmarks.tasks;

import java.io.IOException;
import java.net.URI;

/** A server that accepts tasks over HTTP, from whoever shows a token that PostgreSQL knows by its hash. */
interface Door extends AutoCloseable {

    /** Where a task goes, and under {@code :batch} a thousand. */
    URI tasks();

    /** Forgets all tasks. */
    void reset();

    /** How many tasks it has accepted since. */
    long accepted();

    /** The server. */
    ProcessHandle server();

    /** The first process of the store that keeps its tasks. */
    ProcessHandle store();

    @Override
    void close();

    static Door of(String engine, String url, int redisPort) throws IOException, InterruptedException {
        return switch (engine) {
            case "bascule" -> new OurDoor(url, redisPort);
            case "bullmq" -> new FastifyDoor(redisPort);
            default -> throw new IllegalArgumentException(engine + " (expected: bascule or bullmq)");
        };
    }
}
