package io.bascule.runner.egress;

import io.bascule.runner.resource.Connections;
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
    private final Connections connections;
    private final EgressMetrics metrics;

    /** What jobs send and receive is counted in the registry. */
    public Egress(EgressProperties properties, Connections connections, MeterRegistry registry) {
        this(properties, connections, registry, InetAddress::getAllByName, (SSLSocketFactory)
                SSLSocketFactory.getDefault());
    }

    Egress(
            EgressProperties properties,
            Connections connections,
            MeterRegistry registry,
            AddressGuard.NameService names,
            SSLSocketFactory secureSockets) {
        this.properties = properties;
        this.guard = new AddressGuard(names, properties.privateNetworks());
        this.memory = new EgressMemory(properties.memoryBytes());
        this.secureSockets = secureSockets;
        this.connections = connections;
        this.metrics = new EgressMetrics(registry);
    }

    /** The policy of a job that may reach these hosts and these resources. */
    public EgressPolicy policy(List<String> hosts, List<String> resources) {
        return new EgressPolicy(hosts, resources, properties.bytes().toBytes());
    }

    /** Makes a job's requests until its process has ended; blocks until then. */
    public void serve(ByteChannel process, EgressPolicy policy, EgressListener listener) {
        new JobEgress(new EgressChannel(process), policy, this, listener).serve();
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

    Connections connections() {
        return connections;
    }

    EgressMetrics metrics() {
        return metrics;
    }

    SSLSocketFactory secureSockets() {
        return secureSockets;
    }
}
