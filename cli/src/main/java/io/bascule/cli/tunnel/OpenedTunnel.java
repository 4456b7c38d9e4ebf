package io.bascule.cli.tunnel;

import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.StreamState.Origin;
import io.bascule.tunnel.client.BridgeConnector;
import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.EndIdentity;
import io.bascule.tunnel.client.GrantedBridge;
import io.bascule.tunnel.client.LegChoice;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.LocalConnection;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelGrant;
import io.bascule.tunnel.client.TunnelOutcome;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A tunnel of our own, with the client end that carries one local connection. */
final class OpenedTunnel implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BridgeConnector connector;
    private final TunnelEnd end;

    private final String resource;

    private OpenedTunnel(String resource, BridgeConnector connector, TunnelEnd end) {
        this.resource = resource;
        this.connector = connector;
        this.end = end;
    }

    /** What all tunnels of this program are to use; a setting that says nothing sensible ends it. */
    static LegChoice legs(Shell shell) {
        try {
            return new LegChoice(LegKind.configured(shell.environment()));
        } catch (IllegalArgumentException unknown) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(unknown.getMessage()), unknown);
        }
    }

    /** The right to a tunnel that nobody uses yet. */
    record Granted(String resource, TunnelGrant grant, EndCredentials credentials) {}

    /** Asks the API for a tunnel to the resource, with a key made for it alone. */
    static Granted ask(Api api, String resource) {
        EndIdentity identity = EndIdentity.generate("bascule");
        JsonNode opened = api.send(Call.post(
                        "/tunnels",
                        Map.of("resource", resource, "certificateSigningRequest", identity.certificateRequest())))
                .body();
        return new Granted(
                resource,
                grant(opened),
                identity.certified(
                        opened.path("certificate").asString(),
                        opened.path("authorities").asString()));
    }

    /** Joins the connection to the tunnel. */
    static OpenedTunnel start(Granted granted, LegChoice legs, LocalConnection connection) {
        BridgeConnector connector = new BridgeConnector(granted.credentials(), legs);
        TunnelEnd end = TunnelEnd.start(EndRole.CLIENT, granted.grant(), connector, connection, StreamSettings.DEFAULT);
        return new OpenedTunnel(granted.resource(), connector, end);
    }

    String resource() {
        return resource;
    }

    private static TunnelGrant grant(JsonNode opened) {
        UUID tunnel = UUID.fromString(opened.path("id").asString());
        return new TunnelGrant(
                tunnel,
                opened.path("epoch").asLong(),
                bridges(opened, "bridges"),
                bridges(opened, "standbys"),
                new OtherEnd.Agent(UUID.fromString(opened.path("agent").asString())),
                Inner.of(opened.path("inner").asString()));
    }

    private static List<GrantedBridge> bridges(JsonNode opened, String name) {
        List<GrantedBridge> bridges = new ArrayList<>();
        for (JsonNode bridge : opened.path(name)) {
            bridges.add(new GrantedBridge(
                    bridge.path("id").asString(),
                    bridge.path("address").asString(),
                    bridge.path("authority").asString(),
                    bridge.path("ticket").asString()));
        }
        return bridges;
    }

    /** Waits for the end of the tunnel; returns what went wrong, if anything did. */
    Optional<String> await() throws InterruptedException {
        return switch (end.await()) {
            case TunnelOutcome.Finished _ -> Optional.empty();
            case TunnelOutcome.Reset(var _, var _, Origin origin) when origin == Origin.THIS_END -> Optional.empty();
            case TunnelOutcome.Reset(var code, String text, var _) -> Optional.of("%s (%s)".formatted(text, code));
            case TunnelOutcome.Refused(var status, String text) -> Optional.of("%s (%s)".formatted(text, status));
            case TunnelOutcome.Lost(String text) -> Optional.of(text);
        };
    }

    /** Why and since when it has no way to its target, if it has none. */
    Optional<TunnelEnd.Interruption> interruption() {
        return end.interruption();
    }

    /** Gives the two sides a moment to close in order. */
    void awaitOrderlyEnd() {
        try {
            end.await(LAST_WORDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the tunnel, giving the other side a moment to hear of it. */
    @Override
    public void close() {
        end.close();
        awaitOrderlyEnd();
        connector.close();
    }
}
