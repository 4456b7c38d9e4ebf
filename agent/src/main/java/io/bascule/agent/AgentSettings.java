package io.bascule.agent;

import io.bascule.tunnel.client.LegKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an agent runs.
 *
 * @param api where the platform's API is; needed for joining and for renewing the certificate
 * @param joinToken needed until the agent has joined
 * @param stateDirectory where it keeps what it got when it joined
 * @param maxTunnels tunnels at once; one more is refused
 * @param grace how long open tunnels may go on once the agent is asked to stop
 * @param legs what its legs to bridges are made of
 */
public record AgentSettings(
        URI api, @Nullable String joinToken, Path stateDirectory, int maxTunnels, Duration grace, LegKind legs) {

    static final int MAX_TUNNELS = 250;
    static final Duration GRACE = Duration.ofSeconds(30);

    public AgentSettings {
        if (maxTunnels < 1) {
            throw new IllegalArgumentException("maxTunnels: " + maxTunnels + " (expected: >= 1)");
        }
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: " + grace + " (expected: >= 0)");
        }
        if (!"http".equals(api.getScheme()) && !"https".equals(api.getScheme())) {
            throw new IllegalArgumentException("api: " + api + " (expected: an http or https URL)");
        }
    }

    /** With the usual bounds and legs. */
    public static AgentSettings of(URI api, @Nullable String joinToken, Path stateDirectory) {
        return new AgentSettings(api, joinToken, stateDirectory, MAX_TUNNELS, GRACE, LegKind.AUTO);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AgentSettings[api=" + api + ", stateDirectory=" + stateDirectory + "]";
    }
}
