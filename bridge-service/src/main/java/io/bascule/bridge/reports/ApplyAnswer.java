package io.bascule.bridge.reports;

import io.bascule.bridge.control.BridgeDirectory;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.tickets.KeptTicketKeys;
import io.bascule.tunnel.ResetCode;
import java.util.Map;
import java.util.stream.Collectors;

/** Does what the API answered: ends tunnels, and takes over its bridges and ticket keys. */
final class ApplyAnswer {

    private final Tunnels tunnels;
    private final BridgeDirectory bridges;
    private final KeptTicketKeys keys;

    ApplyAnswer(Tunnels tunnels, BridgeDirectory bridges, KeptTicketKeys keys) {
        this.tunnels = tunnels;
        this.bridges = bridges;
        this.keys = keys;
    }

    void apply(Answer answer) {
        answer.close()
                .forEach(close -> tunnels.reset(
                        close.tunnel(),
                        ResetCode.REVOKED,
                        close.reason() == null ? "closed by an administrator" : close.reason()));
        bridges.replace(answer.bridges().stream()
                .map(bridge -> new BridgeDirectory.Entry(bridge.id(), bridge.address(), bridge.authority()))
                .toList());
        Map<String, String> named = answer.ticketKeys().stream()
                .collect(Collectors.toMap(Answer.TicketKey::id, Answer.TicketKey::publicKey, (_, second) -> second));
        if (!named.isEmpty()) {
            keys.replace(named);
        }
    }
}
