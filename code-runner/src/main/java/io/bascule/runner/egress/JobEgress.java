package io.bascule.runner.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exchanges of one job. */
final class JobEgress {

    private static final Logger log = LoggerFactory.getLogger(JobEgress.class);
    /** What an exchange holds beside the request's bytes: heads on both sides as text and JSON, buffers, TLS. */
    static final long EXCHANGE_BYTES = 512 * 1024;

    private final EgressChannel channel;
    private final EgressPolicy policy;
    private final Egress egress;
    private final EgressListener listener;
    private final JobConnections connections;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Integer, Exchange> underWay = new ConcurrentHashMap<>();

    JobEgress(EgressChannel channel, EgressPolicy policy, Egress egress, EgressListener listener) {
        this.channel = channel;
        this.policy = policy;
        this.egress = egress;
        this.listener = listener;
        this.connections = new JobConnections(channel, policy, egress, listener, this::count);
    }

    void serve() {
        try {
            for (var head = channel.next(); head.isPresent(); head = channel.next()) {
                take(head.get());
            }
        } catch (IOException ended) {
            log.trace("A job's egress has ended", ended);
        } finally {
            underWay.values().forEach(Exchange::abort);
            connections.abortAll();
            channel.close();
        }
    }

    /** What the process announces counts before any of it is read, so nothing is held that the job may not send. */
    private void take(EgressChannel.Head head) throws IOException {
        switch (head.type()) {
            case EgressChannel.REQUEST -> {
                count(head.length());
                begin(head);
            }
            case EgressChannel.ABORT -> {
                count(head.length());
                channel.skip(head);
                Optional.ofNullable(underWay.get(head.exchange())).ifPresent(Exchange::abort);
                connections.abort(head.exchange());
            }
            case EgressChannel.OPEN, EgressChannel.BYTES, EgressChannel.FINISH -> {
                count(head.length());
                connections.take(head);
            }
            default -> throw new IOException("a frame of type " + head.type());
        }
    }

    private void begin(EgressChannel.Head head) throws IOException {
        int most = egress.properties().exchanges();
        if (underWay.size() >= most || underWay.containsKey(head.exchange())) {
            refuse(head, "More than %d requests at once".formatted(most));
            return;
        }
        var share = egress.memory().take(head.length() + EXCHANGE_BYTES);
        if (share.isEmpty()) {
            refuse(head, "The runner has no memory for a request of %d bytes now; try again".formatted(head.length()));
            return;
        }
        begin(head, share.get());
    }

    private void refuse(EgressChannel.Head head, String why) throws IOException {
        channel.skip(head);
        fail(head.exchange(), new Failure("EGRESS_BUSY", why));
    }

    /** The share is given back when the exchange has ended, whatever the job does meanwhile. */
    private void begin(EgressChannel.Head head, EgressMemory.Share share) throws IOException {
        ByteBuffer frame;
        try {
            frame = channel.body(head);
        } catch (IOException ended) {
            share.close();
            throw ended;
        }
        int id = head.exchange();
        var exchange = new Exchange(egress, policy, this::count);
        underWay.put(id, exchange);
        Thread.ofVirtual().name("egress-" + id).start(() -> carryOut(id, exchange, frame, share));
    }

    /** The function hears of the end last, so that its next request finds this one's place and memory free. */
    private void carryOut(int id, Exchange exchange, ByteBuffer frame, EgressMemory.Share share) {
        try {
            Optional<Failure> failure;
            try (share) {
                failure = run(id, exchange, frame);
            } finally {
                underWay.remove(id);
            }
            if (failure.isPresent()) {
                fail(id, failure.get());
            } else {
                egress.metrics().answered();
                channel.end(id);
            }
        } catch (IOException ended) {
            log.trace("The job ended during its request", ended);
        }
    }

    private Optional<Failure> run(int id, Exchange exchange, ByteBuffer frame) {
        try (exchange) {
            HttpAnswer answer = exchange.begin(WantedExchange.read(frame));
            channel.response(id, answer);
            answer.copyBody((piece, length) -> {
                count(length);
                channel.data(id, piece, length);
            });
            return Optional.empty();
        } catch (EgressRefusedException refused) {
            return Optional.of(new Failure(refused.code(), String.valueOf(refused.getMessage())));
        } catch (IOException | RuntimeException failed) {
            // Whatever it is, the function must not wait for ever.
            log.debug("A job's request failed", failed);
            return Optional.of(new Failure("EGRESS_FAILED", String.valueOf(failed.getMessage())));
        }
    }

    private void fail(int exchange, Failure failure) throws IOException {
        egress.metrics().cameToNothing(failure.code());
        channel.error(exchange, failure.code(), failure.message());
    }

    private void count(long more) throws IOException {
        long before = bytes.getAndAdd(more);
        if (before + more > policy.mostBytes()) {
            if (before <= policy.mostBytes()) {
                listener.limitReached();
            }
            throw new IOException("the job has sent and received more than it may");
        }
        egress.metrics().passed(more);
    }

    /** Why a request came to nothing, as the function hears it. */
    private record Failure(String code, String message) {}
}
