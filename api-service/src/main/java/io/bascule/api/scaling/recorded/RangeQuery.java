package io.bascule.api.scaling.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.scaling.Arrivals;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of Prometheus: the jobs a second that came to a component in some minutes.
 *
 * @param stepSeconds between two points, of which there are {@link #MOST_POINTS} and one at most
 */
record RangeQuery(String query, Instant from, Instant until, int stepSeconds) {

    static final int MOST_POINTS = 720;

    /** A scrape is usually taken every 15 s; a rate needs some of them. */
    private static final int SHORTEST_STEP = 15;

    private static final int SHORTEST_WINDOW = 60;

    /** Empty where no series tells of the component. */
    static Optional<RangeQuery> of(String component, Instant until, int minutes) {
        int step = Math.max(SHORTEST_STEP, Math.ceilDiv(minutes * 60, MOST_POINTS));
        return Arrivals.query(component, Math.max(SHORTEST_WINDOW, step))
                .map(query -> new RangeQuery(query, until.minusSeconds(60L * minutes), until, step));
    }

    /** What Prometheus is asked. */
    String question() {
        return "/api/v1/query_range?query=%s&start=%d&end=%d&step=%d"
                .formatted(URLEncoder.encode(query, UTF_8), from.getEpochSecond(), until.getEpochSecond(), stepSeconds);
    }
}
