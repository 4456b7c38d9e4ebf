package io.bascule.runner.egress;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exchanges of one job. */
final class JobEgress {

    private static final Logger log = LoggerFactory.getLogger(JobEgress.class);
    private static final int HEAD_ROOM = 256 * 1024;

    private final EgressChannel channel;
    private final EgressPolicy policy;
    private final Egress egress;
    private final Runnable onLimit;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Integer, Exchange> underWay = new ConcurrentHashMap<>();

    JobEgress(EgressChannel channel, EgressPolicy policy, Egress egress, Runnable onLimit) {
        this.channel = channel;
        this.policy = policy;
        this.egress = egress;
        this.onLimit = onLimit;
    }

    void serve() {
        try {
            long longest = policy.mostBytes() + HEAD_ROOM;
            for (var frame = channel.read(longest); frame.isPresent(); frame = channel.read(longest)) {
                take(frame.get());
            }
        } catch (IOException ended) {
            log.trace("A job's egress has ended", ended);
        } finally {
            underWay.values().forEach(Exchange::abort);
            channel.close();
        }
    }

    private void take(EgressChannel.Frame frame) throws IOException {
        switch (frame.type()) {
            case EgressChannel.REQUEST -> begin(frame);
            case EgressChannel.ABORT ->
                Optional.ofNullable(underWay.get(frame.exchange())).ifPresent(Exchange::abort);
            default -> throw new IOException("a frame of type " + frame.type());
        }
    }

    private void begin(EgressChannel.Frame frame) throws IOException {
        int id = frame.exchange();
        if (underWay.size() >= egress.properties().exchanges() || underWay.containsKey(id)) {
            channel.error(
                    id,
                    "EGRESS_BUSY",
                    "More than %d requests at once"
                            .formatted(egress.properties().exchanges()));
            return;
        }
        var exchange = new Exchange(egress, policy, this::count);
        underWay.put(id, exchange);
        Thread.ofVirtual().name("egress-" + id).start(() -> {
            try {
                run(id, exchange, frame);
            } catch (IOException ended) {
                log.trace("The job ended during its request", ended);
            } finally {
                underWay.remove(id);
            }
        });
    }

    private void run(int id, Exchange exchange, EgressChannel.Frame frame) throws IOException {
        try (exchange) {
            HttpAnswer answer = exchange.begin(WantedExchange.read(frame.body()));
            channel.response(id, answer);
            answer.copyBody((piece, length) -> {
                count(length);
                channel.data(id, piece, length);
            });
            channel.end(id);
        } catch (EgressRefusedException refused) {
            channel.error(id, refused.code(), String.valueOf(refused.getMessage()));
        } catch (IOException failed) {
            channel.error(id, "EGRESS_FAILED", String.valueOf(failed.getMessage()));
        }
    }

    private void count(long more) throws IOException {
        long before = bytes.getAndAdd(more);
        if (before + more > policy.mostBytes()) {
            if (before <= policy.mostBytes()) {
                onLimit.run();
            }
            throw new IOException("the job has sent and received more than it may");
        }
    }
}
