package io.bascule.api.bridges;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.MovableClock;
import io.bascule.api.ServiceClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A bridge as the API hears of it: reports over HTTP, with an id that no other test uses. */
public final class FakeBridge {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Api api;
    private final MovableClock clock;
    private final String id;
    private UUID boot = UUID.randomUUID();
    private long sequence;
    private boolean draining;

    private FakeBridge(Api api, MovableClock clock, String id) {
        this.api = api;
        this.clock = clock;
        this.id = id;
    }

    /** One that has not reported yet. */
    public static FakeBridge silent(Api api, MovableClock clock) {
        return new FakeBridge(api, clock, "bridge-" + COUNTER.incrementAndGet());
    }

    /** One that is up and has none of these agents; its first report is full. */
    public static FakeBridge up(Api api, MovableClock clock, String... agents) {
        FakeBridge bridge = silent(api, clock);
        bridge.expect(bridge.full(agents));
        return bridge;
    }

    public String id() {
        return id;
    }

    public UUID boot() {
        return boot;
    }

    public String authority() {
        return id + ".bridge.test";
    }

    public FakeBridge draining() {
        draining = true;
        return this;
    }

    /** Starts anew: its next report is the first of another boot. */
    public void restart() {
        boot = UUID.randomUUID();
        sequence = 0;
    }

    /** Everything: these agents, and no tunnels. */
    public Answer full(String... agents) {
        return report(true, connected(agents), Map.of());
    }

    /** Everything: these agents and these open tunnels. */
    public Answer full(List<Map<String, Object>> open, String... agents) {
        return report(true, connected(agents), Map.of("open", open));
    }

    /** Nothing new. */
    public Answer unchanged() {
        return report(false, Map.of(), Map.of());
    }

    public Answer connects(String... agents) {
        return report(false, connected(agents), Map.of());
    }

    public Answer disconnects(String agent) {
        return report(false, Map.of("disconnected", List.of(Map.of("agent", agent, "instance", "main"))), Map.of());
    }

    public Answer attached(String tunnel, long epoch) {
        return report(false, Map.of(), Map.of("attached", List.of(Map.of("tunnel", tunnel, "epoch", epoch))));
    }

    public Answer closed(String tunnel, long epoch, long fromClient, long fromAgent) {
        return closed(tunnel, epoch, false, fromClient, fromAgent);
    }

    /** The tunnel is not here any more and may be elsewhere. */
    public Answer left(String tunnel, long epoch, long fromClient, long fromAgent) {
        return closed(tunnel, epoch, true, fromClient, fromAgent);
    }

    /** The tunnel was reset by one of its ends. */
    public Answer reset(String tunnel, long epoch, int code, String text) {
        return closed(Map.of("tunnel", tunnel, "epoch", epoch, "code", code, "text", text), 0, 0);
    }

    private Answer closed(String tunnel, long epoch, boolean moved, long fromClient, long fromAgent) {
        return closed(
                Map.of("tunnel", tunnel, "epoch", epoch, "moved", moved, "code", 0, "text", "done"),
                fromClient,
                fromAgent);
    }

    private Answer closed(Map<String, Object> what, long fromClient, long fromAgent) {
        Map<String, Object> closed = new HashMap<>(what);
        closed.put("bytesFromClient", fromClient);
        closed.put("bytesFromAgent", fromAgent);
        return report(false, Map.of(), Map.of("closed", List.of(closed)));
    }

    public static Map<String, Object> open(String tunnel, long epoch, long fromClient, long fromAgent) {
        return Map.of("tunnel", tunnel, "epoch", epoch, "bytesFromClient", fromClient, "bytesFromAgent", fromAgent);
    }

    /** The next report, and its answer whatever it is. */
    public Answer report(boolean full, Map<String, Object> agents, Map<String, Object> tunnels) {
        sequence++;
        return send(sequence, full, agents, tunnels);
    }

    /** A report with a number of its own. */
    public Answer send(long number, boolean full, Map<String, Object> agents, Map<String, Object> tunnels) {
        return sendAs("bridge-service", body(number, full, agents, tunnels));
    }

    /** An empty report of another service that plays the bridge. */
    public Answer impersonatedBy(String service) {
        return sendAs(service, body(1, true, Map.of(), Map.of()));
    }

    private Answer sendAs(String service, Map<String, Object> body) {
        return ServiceClients.of(api, service, clock).post("/internal/bridges/" + id + "/reports", body);
    }

    private Map<String, Object> body(
            long number, boolean full, Map<String, Object> agents, Map<String, Object> tunnels) {
        Map<String, Object> body = new TreeMap<>();
        body.put("bootId", boot);
        body.put("address", "127.0.0.1:8443");
        body.put("authority", authority());
        body.put("draining", draining);
        body.put("sequence", number);
        body.put("full", full);
        body.put("agents", agents);
        body.put("tunnels", tunnels);
        return body;
    }

    /** Fails unless the API took the report. */
    public Answer expect(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("expected 200 but was " + answer);
        }
        return answer;
    }

    private static Map<String, Object> connected(String... agents) {
        return Map.of(
                "connected",
                List.of(agents).stream()
                        .map(agent -> Map.of("agent", agent, "instance", "main", "version", "1.0.0"))
                        .toList());
    }
}
