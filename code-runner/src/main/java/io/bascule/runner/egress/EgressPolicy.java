package io.bascule.runner.egress;

import java.util.List;

/**
 * What one job may reach.
 *
 * @param hosts such as {@code api.example.com}, {@code *.example.com} (every name below it) or {@code example.com:8443};
 *     without a port, 80 and 443 are meant
 * @param resources the names of those that it may ask for
 * @param mostBytes sent and received, together
 */
public record EgressPolicy(List<String> hosts, List<String> resources, long mostBytes) {

    public EgressPolicy {
        hosts = List.copyOf(hosts);
        resources = List.copyOf(resources);
    }

    /** Nothing may be reached. */
    public static EgressPolicy none() {
        return new EgressPolicy(List.of(), List.of(), 0);
    }

    /** Whether the host, a name in lower case, may be reached at that port. */
    boolean permits(String host, int port) {
        return hosts.stream().anyMatch(entry -> permits(entry, host, port));
    }

    private static boolean permits(String entry, String host, int port) {
        int colon = entry.lastIndexOf(':');
        String name = colon < 0 ? entry : entry.substring(0, colon);
        boolean portFits = colon < 0
                ? port == 80 || port == 443
                : entry.substring(colon + 1).equals(Integer.toString(port));
        return portFits && (name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name));
    }
}
