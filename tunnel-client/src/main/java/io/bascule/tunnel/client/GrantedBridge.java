package io.bascule.tunnel.client;

/**
 * A bridge that may carry a tunnel and the ticket that it asks for.
 *
 * @param id e.g. {@code bridge-0}
 * @param address {@code host:port} to dial
 * @param authority the name in its certificate, sent as SNI
 * @param ticket secret; left out of {@code toString}
 */
public record GrantedBridge(String id, String address, String authority, String ticket) {

    @Override
    public String toString() {
        return "GrantedBridge[" + id + " at " + address + " as " + authority + "]";
    }
}
