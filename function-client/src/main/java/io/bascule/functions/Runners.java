package io.bascule.functions;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runners there are now, from the names that were configured, with what each last said of its free spaces. A runner
 * that is gone from its name is closed once it is unused. Safe for use by many threads.
 */
final class Runners implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Runners.class);
    private static final int MOST_RUNNERS = 256;

    private final List<RunnerAddress> targets;
    private final Map<RunnerAddress, Runner> known = new ConcurrentHashMap<>();

    Runners(List<String> targets) {
        this.targets = targets.stream().map(RunnerAddress::parse).toList();
    }

    boolean areConfigured() {
        return !targets.isEmpty();
    }

    /** Those with the most free spaces first, as far as is known. Resolves names, so it may block. */
    List<Runner> byFreeSpaces() {
        Set<RunnerAddress> present = new LinkedHashSet<>();
        targets.stream().flatMap(Runners::resolve).limit(MOST_RUNNERS).forEach(present::add);
        known.entrySet()
                .removeIf(entry -> !present.contains(entry.getKey())
                        && entry.getValue().channel().shutdown() != null);
        return present.stream()
                .map(address -> known.computeIfAbsent(address, Runners::connect))
                .sorted(Comparator.comparingInt(Runner::freeSpaces).reversed())
                .toList();
    }

    @Override
    public void close() {
        known.values().forEach(runner -> runner.channel().shutdownNow());
    }

    private static Stream<RunnerAddress> resolve(RunnerAddress target) {
        try {
            return Stream.of(InetAddress.getAllByName(target.host()))
                    .map(address -> new RunnerAddress(address.getHostAddress(), target.port()));
        } catch (UnknownHostException unknown) {
            log.debug("{} does not resolve now", target, unknown);
            return Stream.empty();
        }
    }

    private static Runner connect(RunnerAddress address) {
        return new Runner(Grpc.newChannelBuilder(address.toString(), InsecureChannelCredentials.create())
                .build());
    }

    /** One runner. */
    static final class Runner {

        private final ManagedChannel channel;
        /** Until it has said: as many as can be, so that it is asked. */
        private volatile int freeSpaces = Integer.MAX_VALUE;

        Runner(ManagedChannel channel) {
            this.channel = channel;
        }

        ManagedChannel channel() {
            return channel;
        }

        int freeSpaces() {
            return freeSpaces;
        }

        void said(int free) {
            freeSpaces = free;
        }
    }
}
