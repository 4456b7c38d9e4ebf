package io.bascule.runner.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Resolves names, and lets only addresses of the public network through, and the private ones that the operator named. */
final class AddressGuard {

    /** Metadata services, this host and networks, carriers' and documentation's ranges, multicast, tunnels into any of them. */
    private static final List<Network> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16")
            .map(Network::parse)
            .toList();

    /** What of IPv6 is the public network. */
    private static final Network GLOBAL = Network.parse("2000::/3");

    private final NameService names;
    private final List<Network> opened;

    AddressGuard(NameService names, List<String> opened) {
        this.names = names;
        this.opened = opened.stream().map(Network::parse).toList();
    }

    /** Where names come from. */
    interface NameService {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** The address to connect to; none of the name's addresses may be closed, or it could change its mind later. */
    InetAddress resolve(String host) throws EgressRefusedException {
        InetAddress[] addresses;
        try {
            addresses = names.resolve(host);
        } catch (UnknownHostException unknown) {
            throw new EgressRefusedException("ENOTFOUND", "%s is not known to the name service".formatted(host));
        }
        for (InetAddress address : addresses) {
            if (!isOpen(address)) {
                throw new EgressRefusedException(
                        "EGRESS_ADDRESS",
                        "%s is at %s, which functions may not reach".formatted(host, address.getHostAddress()));
            }
        }
        return addresses[0];
    }

    private boolean isOpen(InetAddress address) {
        if (opened.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        boolean global = address.getAddress().length == 4 || GLOBAL.contains(address);
        return global && CLOSED.stream().noneMatch(network -> network.contains(address));
    }
}
