package io.bascule.runner.egress;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.nio.channels.ByteChannel;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** Makes the requests of jobs, each under its own policy. Safe for use by many threads. */
public final class Egress {

    private final EgressProperties properties;
    private final AddressGuard guard;
    private final EgressMemory memory;
    private final SSLSocketFactory secureSockets;
    private final EgressMetrics metrics;

    /** What jobs send and receive is counted in the registry. */
    public Egress(EgressProperties properties, MeterRegistry registry) {
        this(properties, registry, InetAddress::getAllByName, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    Egress(
            EgressProperties properties,
            MeterRegistry registry,
            AddressGuard.NameService names,
            SSLSocketFactory secureSockets) {
        this.properties = properties;
        this.guard = new AddressGuard(names, properties.privateNetworks());
        this.memory = new EgressMemory(properties.memoryBytes());
        this.secureSockets = secureSockets;
        this.metrics = new EgressMetrics(registry);
    }

    /** The policy of a job that may reach these hosts. */
    public EgressPolicy policy(List<String> hosts) {
        return new EgressPolicy(hosts, properties.bytes().toBytes());
    }

    /**
     * Makes a job's requests until its process has ended; blocks until then.
     *
     * @param onLimit is called once when the job has sent and received more than it may
     */
    public void serve(ByteChannel process, EgressPolicy policy, Runnable onLimit) {
        new JobEgress(new EgressChannel(process), policy, this, onLimit).serve();
    }

    EgressProperties properties() {
        return properties;
    }

    AddressGuard guard() {
        return guard;
    }

    EgressMemory memory() {
        return memory;
    }

    EgressMetrics metrics() {
        return metrics;
    }

    SSLSocketFactory secureSockets() {
        return secureSockets;
    }
}
