package io.bascule.functions;

import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.ResourceWanted;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.grpc.stub.BlockingClientCall;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of one function's run. What a runner asks for is held against the version's own list here too, so a runner that
 * is not itself any more reaches nothing beyond it. Closing it ends every connection of the run.
 */
final class JobResources implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobResources.class);
    /** As many as a runner can be told to let a job have (docs/guides/functions.md); one that asks for more is not answered. */
    private static final int MOST_AT_ONCE = 64;

    private final TaskContext task;
    private final Set<String> permitted;
    private final ResourceTunnels tunnels;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Set<CarriedConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    JobResources(TaskContext task, Collection<String> permitted, ResourceTunnels tunnels) {
        this.task = task;
        this.permitted = Set.copyOf(permitted);
        this.tunnels = tunnels;
    }

    /** A call of the runner that asks. */
    interface Calls {

        BlockingClientCall<ConnectionPart, ConnectionPart> carry();
    }

    /** Opens the way and carries the bytes, on a thread of its own. */
    void open(ResourceWanted wanted, Calls calls) {
        if (!places.tryAcquire()) {
            log.warn("A runner asks for more than {} connections for one job", MOST_AT_ONCE);
            return;
        }
        Thread.ofVirtual().name("resource-" + wanted.getConnection()).start(() -> {
            try {
                connect(wanted, calls);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    /** Blocks until the connection is over. The call comes first, so that whatever becomes of the tunnel can be told. */
    void connect(ResourceWanted wanted, Calls calls) throws InterruptedException {
        if (closed) {
            return;
        }
        var call = calls.carry();
        try {
            carry(wanted.getConnection(), new CarriedConnection(call, tunnel(wanted.getResource())));
        } catch (TaskFailure refused) {
            CarriedConnection.refuse(
                    call,
                    wanted.getConnection(),
                    CarriedConnection.failure(
                            inCapitals(refused.error().code()), refused.error().message()));
        } finally {
            call.cancel("the connection is over", null);
        }
    }

    private ResourceTunnel tunnel(String resource) throws TaskFailure, InterruptedException {
        if (!permitted.contains(resource)) {
            throw TaskFailure.forGood(
                    "resource-forbidden", "The function's version does not name the resource " + resource);
        }
        try {
            return tunnels.open(task, resource);
        } catch (RuntimeException unforeseen) {
            log.error("The way to the resource {} could not be opened", resource, unforeseen);
            throw TaskFailure.retryable("resource-failed", "The way to the resource could not be opened");
        }
    }

    /** What is added while this closes is seen by one of the two. */
    private void carry(String name, CarriedConnection connection) throws InterruptedException {
        open.add(connection);
        try (connection) {
            if (!closed) {
                connection.carry(name);
            }
        } finally {
            open.remove(connection);
        }
    }

    private static String inCapitals(String code) {
        return code.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(CarriedConnection::close);
    }
}
