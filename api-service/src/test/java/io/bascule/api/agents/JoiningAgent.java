package io.bascule.api.agents;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.MovableClock;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.api.certificates.SigningRequests;
import java.util.Map;

/** An agent on its way into the platform. */
public final class JoiningAgent {

    private JoiningAgent() {}

    /** Registers an agent and lets it join; gives its id. */
    public static String joined(Api api, MovableClock clock, String name) {
        FakeBridge.up(api, clock);
        return expect(200, join(api, token(api, name), SigningRequests.valid())).at("/agent/id");
    }

    /** Registers an agent and gives a join token for it. */
    static String token(Api api, String name) {
        expect(201, api.admin().post("/api/v1/agents", Map.of("name", name)));
        return expect(201, api.admin().post("/api/v1/agents/" + name + "/join-tokens", Map.of()))
                .at("/token");
    }

    static Answer join(Api api, String token, String certificateSigningRequest) {
        return api.anonymous()
                .post(
                        "/api/v1/agents:join",
                        Map.of(
                                "joinToken", token,
                                "certificateSigningRequest", certificateSigningRequest,
                                "version", "1.0.0"));
    }

    private static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + " but was " + answer);
        }
        return answer;
    }
}
