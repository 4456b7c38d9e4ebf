package io.bascule.api.webhooks;

import io.bascule.service.outgoing.PublicAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an address must be that events are sent to. Where its name leads is looked at with each delivery. */
final class WantedUrl {

    private static final int LONGEST = 2_048;

    private WantedUrl() {}

    /** What to change; empty when nothing is wrong. */
    static Optional<String> problem(@Nullable String url, PublicAddresses addresses) {
        if (url == null || url.isEmpty() || url.length() > LONGEST) {
            return Optional.of("give an http or https address of at most %d characters".formatted(LONGEST));
        }
        try {
            return problem(new URI(url), addresses);
        } catch (URISyntaxException malformed) {
            return Optional.of("it cannot be read: " + malformed.getReason());
        }
    }

    private static Optional<String> problem(URI url, PublicAddresses addresses) {
        String scheme = url.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))) {
            return Optional.of("it must begin with https:// or http://");
        }
        String host = url.getHost();
        if (host == null || url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("it has no usable host and port");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("leave out user, password and fragment");
        }
        return literal(host)
                .filter(address -> !addresses.allows(address))
                .map(address -> "%s is a private address, and the operator has not allowed this workspace to reach it"
                        .formatted(address.getHostAddress()));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
