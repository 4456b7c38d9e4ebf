package io.bascule.api.bridges;

import java.time.Instant;

/**
 * That a bridge named an agent instance.
 *
 * @param at when it last did
 */
record Sighting(String bridge, String instance, String version, Instant at) {

    private static final String SEPARATOR = "/";

    /** As it stands in the sorted set, without the time, which is its score. */
    String member() {
        return prefix(bridge, instance) + version;
    }

    /** How every member of this instance on this bridge begins, whatever its version. */
    static String prefix(String bridge, String instance) {
        return bridge + SEPARATOR + instance + SEPARATOR;
    }

    static Sighting read(String member, double score) {
        String[] parts = member.split(SEPARATOR, 3);
        return new Sighting(parts[0], parts[1], parts[2], Instant.ofEpochMilli((long) score));
    }
}
