package io.bascule.local.process;

/**
 * Where a process can be reached on this machine.
 *
 * @param port its port, 0 when it takes no connections
 * @param healthPath what answers 200 over HTTP when it is ready; empty when being reachable is all there is to see
 */
public record Listening(int port, String healthPath) {

    public static final Listening NOWHERE = new Listening(0, "");

    /** A store, whose readiness its own client tells. */
    public static Listening tcp(int port) {
        return new Listening(port, "");
    }

    /** A service with the health paths that all services have. */
    public static Listening service(int port) {
        return new Listening(port, "/health/ready");
    }
}
