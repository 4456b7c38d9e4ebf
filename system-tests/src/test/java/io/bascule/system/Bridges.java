package io.bascule.system;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The two bridges of a platform as their metrics and their health show them. */
final class Bridges {

    /** Instances of the agent, each of which is to be on both. */
    private static final int AGENTS = 2;

    static final List<String> NAMES = List.of("bridge-0", "bridge-1");

    private final Platform platform;

    Bridges(Platform platform) {
        this.platform = platform;
    }

    /** The bridge that carries more tunnels than the other. */
    String busiest() {
        return tunnels("bridge-0") >= tunnels("bridge-1") ? "bridge-0" : "bridge-1";
    }

    static String other(String bridge) {
        return bridge.equals("bridge-0") ? "bridge-1" : "bridge-0";
    }

    int tunnels(String bridge) {
        return (int) metric(bridge, "bascule_bridge_tunnels");
    }

    /** Bytes forwarded since it started. */
    double bytes(String bridge) {
        return metric(bridge, "bascule_bridge_bytes_total{direction=\"client_to_agent\"}")
                + metric(bridge, "bascule_bridge_bytes_total{direction=\"agent_to_client\"}");
    }

    private double metric(String bridge, String series) {
        return new Scrape(address(bridge, "/prometheus")).valueOf(series);
    }

    /** Waits until it is ready and every instance of the agent is connected to it, so that tunnels may come. */
    void awaitTunnelsMayCome(String bridge) {
        Await.until(() -> isReady(bridge) && metric(bridge, "bascule_bridge_agents") == AGENTS);
    }

    private boolean isReady(String bridge) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address(bridge, "/health/ready")).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private URI address(String bridge, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(platform.portOf(bridge), path));
    }
}
