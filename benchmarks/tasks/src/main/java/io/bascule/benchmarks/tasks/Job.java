package io.bascule.benchmarks.tasks;

import tools.jackson.databind.JsonNode;

/**
 * A unit of no work.
 *
 * @param sentAt {@link System#nanoTime()} when it was submitted, the same clock in all processes of a machine; 0 if nobody asks
 * @param slow whether it takes a second
 * @param tenant which workspace it belongs to, 0 or 1
 */
record Job(long sentAt, boolean slow, int tenant) {

    static final Job PLAIN = new Job(0, false, 0);

    String json() {
        return "{\"t\":\"%d\",\"slow\":%b}".formatted(sentAt, slow);
    }

    static Job of(JsonNode json) {
        return new Job(json.path("t").asLong(), json.path("slow").asBoolean(), 0);
    }
}
