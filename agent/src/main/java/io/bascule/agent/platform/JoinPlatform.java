package io.bascule.agent.platform;

import io.bascule.tunnel.client.EndIdentity;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins with a token, once: with a new key, and as often as it takes while the API is away. */
public final class JoinPlatform {

    private static final Logger LOG = LoggerFactory.getLogger(JoinPlatform.class);

    private final PlatformApi api;
    private final StateDirectory state;
    private final String version;

    public JoinPlatform(URI api, StateDirectory state, String version) {
        this.api = new PlatformApi(api);
        this.state = state;
        this.version = version;
    }

    /**
     * Returns when the agent has joined, or when there is no more need to.
     *
     * @param stopped counted down to give up
     * @throws JoinRefusedException if the token is of no use
     * @throws AgentStateException if there is nowhere to keep what comes of it; the token is not used then
     */
    public Optional<Membership> join(String token, CountDownLatch stopped)
            throws JoinRefusedException, InterruptedException {
        state.requireWritable();
        EndIdentity identity = EndIdentity.generate("agent");
        Backoff backoff = new Backoff();
        while (stopped.getCount() > 0) {
            switch (api.join(token, identity.certificateRequest(), version)) {
                case Attempt.Accepted(Joined joined) -> {
                    LOG.info(
                            "joined as agent {} ({})",
                            joined.agent().name(),
                            joined.agent().id());
                    return Optional.of(state.save(identity, joined));
                }
                case Attempt.Refused(String reason) -> throw new JoinRefusedException(reason);
                case Attempt.NotNow(String reason) -> {
                    if (backoff.isFirst()) {
                        LOG.warn("cannot join yet, asking again until the API takes it: {}", reason);
                    }
                }
            }
            if (stopped.await(backoff.nextMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
