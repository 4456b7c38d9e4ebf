package io.bascule.tasks.handlers.http;

import io.bascule.tasks.worker.TaskFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The {@link Circuit circuits} of one worker, of the {@value #MOST} hosts that it called last. Each workspace has its own, so that
 * none can close a host to another. Safe for use by many threads.
 */
final class HostCircuits {

    static final int MOST = 10_000;

    private final InstantSource clock;
    private final SequencedMap<Host, Circuit> circuits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Host, Circuit> eldest) {
            return size() > MOST;
        }
    };

    HostCircuits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Begins a call.
     *
     * @throws TaskFailure when the host is left alone at the moment
     */
    synchronized void enter(Host host) throws TaskFailure {
        Instant now = clock.instant();
        Circuit circuit = circuits.getOrDefault(host, Circuit.untried());
        var refusal = circuit.refusal(now);
        if (refusal.isPresent()) {
            throw TaskFailure.retryable(
                    "host-not-answering",
                    "%s did not answer %d times in a row and is left alone for %d s more"
                            .formatted(
                                    host.name(),
                                    Circuit.FAILURES,
                                    Math.ceilDiv(refusal.get().toMillis(), 1000)));
        }
        circuits.put(host, circuit.entered(now));
    }

    /** The call got an answer, whatever it says. */
    synchronized void answered(Host host) {
        circuits.remove(host);
    }

    void failed(Host host) {
        change(host, Circuit::failed);
    }

    void abandoned(Host host) {
        change(host, Circuit::abandoned);
    }

    private synchronized void change(Host host, BiFunction<Circuit, Instant, Circuit> change) {
        circuits.put(host, change.apply(circuits.getOrDefault(host, Circuit.untried()), clock.instant()));
    }

    /** @param name a host with its port, or a resource */
    record Host(UUID workspace, String name) {}
}
