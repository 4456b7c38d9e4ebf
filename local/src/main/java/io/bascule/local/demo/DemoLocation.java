package io.bascule.local.demo;

import io.bascule.local.process.LocalFailure;
import io.bascule.local.process.Probe;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The demo location as the API knows it: an agent called {@code demo} and the resources it reaches. */
public final class DemoLocation implements AutoCloseable {

    public static final String AGENT = "demo";

    private final ApiSession api;

    private DemoLocation(ApiSession api) {
        this.api = api;
    }

    /**
     * Signs in.
     *
     * @throws LocalFailure when the owner's password has been changed since it was generated
     */
    public static DemoLocation signIn(String url, String username, String password) {
        return new DemoLocation(ApiSession.signIn(url, username, password));
    }

    /** Makes the agent known, and returns a join token if it has not joined yet. */
    public Optional<String> ensureAgent() {
        ApiSession.Answer found = api.get("/agents/" + AGENT).require(200, 404);
        if (found.status() == 404) {
            api.post("/agents", Map.of("name", AGENT, "labels", Map.of("site", "local")))
                    .require(201);
        } else if (!state(found.body()).equals("never-joined")) {
            return Optional.empty();
        }
        JsonNode created = api.post("/agents/%s/join-tokens".formatted(AGENT), Map.of())
                .require(201)
                .body();
        return Optional.of(created.path("token").asString());
    }

    /** Ready once the API sees the agent. */
    public Probe agentOnline() {
        return () -> state(api.get("/agents/" + AGENT).body()).equals("online");
    }

    private static String state(JsonNode agent) {
        return agent.path("state").asString("");
    }

    /** Makes a resource lead to a port of this machine. */
    public void ensureResource(String name, String kind, int port) {
        Map<String, Object> resource = Map.of(
                "name", name,
                "kind", kind,
                "agent", AGENT,
                "host", "127.0.0.1",
                "port", port,
                "labels", Map.of("site", "local"));
        ApiSession.Answer found = api.get("/resources/" + name).require(200, 404);
        if (found.status() == 404) {
            api.post("/resources", resource).require(201);
        } else if (found.body().path("port").asInt() != port) {
            api.put("/resources/" + name, resource, found.entityTag()).require(200);
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
