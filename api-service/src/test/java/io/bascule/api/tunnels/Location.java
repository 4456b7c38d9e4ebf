package io.bascule.api.tunnels;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.MovableClock;
import io.bascule.api.agents.JoiningAgent;
import io.bascule.api.certificates.SigningRequests;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** An agent that has joined, with one resource, both under names of their own. */
record Location(Api api, String agent, String agentName, String resource, String resourceName) {

    static Location create(Api api, MovableClock clock) {
        return create(api, clock, Map.of());
    }

    static Location create(Api api, MovableClock clock, Map<String, String> labels) {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        String agentName = "agent-" + suffix;
        String agent = JoiningAgent.joined(api, clock, agentName);
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("name", "db-" + suffix);
        wanted.put("kind", "postgres");
        wanted.put("agent", agentName);
        wanted.put("host", "db.internal");
        wanted.put("port", 5432);
        wanted.put("labels", labels);
        Answer created = api.admin().post("/api/v1/resources", wanted);
        if (created.status() != 201) {
            throw new AssertionError("expected 201 but was " + created);
        }
        return new Location(api, agent, agentName, created.at("/id"), "db-" + suffix);
    }

    Answer open(ApiClient caller) {
        return open(caller, SigningRequests.valid());
    }

    Answer open(ApiClient caller, String certificateSigningRequest) {
        return caller.post(
                "/api/v1/tunnels",
                Map.of("resource", resourceName, "certificateSigningRequest", certificateSigningRequest));
    }

    /** Opens a tunnel as an operator; gives its id. */
    String opened() {
        Answer opened = open(api.operator());
        if (opened.status() != 201) {
            throw new AssertionError("expected 201 but was " + opened);
        }
        return opened.at("/id");
    }
}
