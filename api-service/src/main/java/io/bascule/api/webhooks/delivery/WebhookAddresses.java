package io.bascule.api.webhooks.delivery;

import io.bascule.service.outgoing.Network;
import io.bascule.service.outgoing.PublicAddresses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the webhooks of each workspace may lead. */
public final class WebhookAddresses {

    private static final PublicAddresses PUBLIC = new PublicAddresses();

    private final Map<String, PublicAddresses> byWorkspace = new HashMap<>();

    /**
     * @param privateNetworks by workspace, in CIDR form
     * @throws IllegalArgumentException naming the one that is malformed
     */
    WebhookAddresses(Map<String, List<String>> privateNetworks) {
        privateNetworks.forEach((workspace, networks) -> byWorkspace.put(
                workspace,
                new PublicAddresses(networks.stream().map(Network::parse).toList())));
    }

    /** @param workspace its name */
    public PublicAddresses of(String workspace) {
        return byWorkspace.getOrDefault(workspace, PUBLIC);
    }
}
