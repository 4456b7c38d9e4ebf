package io.bascule.tasks.handlers.http;

import io.bascule.service.outgoing.PublicAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Gives the client public addresses only; it connects to nothing else. */
final class OpenAddresses implements DnsResolver {

    private final PublicAddresses addresses = new PublicAddresses();

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return addresses.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
