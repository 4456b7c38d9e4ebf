package io.bascule.service.outgoing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resolves names to public addresses only. A client that connects to what this returns and to nothing else, for literal
 * addresses and after each redirect too, is led inside by no name: not to loopback, private, link-local (where the metadata
 * services of clouds are) or otherwise special addresses of the IANA registries. Safe for use by many threads.
 */
public final class PublicAddresses {

    /** A client tries them one after the other, each for as long as it waits for a connection. */
    static final int MOST = 3;

    private final List<Network> exceptions;
    private final Lookup lookup;

    /** Without exceptions. */
    public PublicAddresses() {
        this(List.of());
    }

    /** @param exceptions networks that may be reached although they are not public */
    public PublicAddresses(List<Network> exceptions) {
        this(exceptions, InetAddress::getAllByName);
    }

    PublicAddresses(List<Network> exceptions, Lookup lookup) {
        this.exceptions = List.copyOf(exceptions);
        this.lookup = lookup;
    }

    /**
     * What may be reached of what a name, or a literal address, leads to: the first three, of both families where there are both.
     *
     * @throws AddressNotAllowedException if it leads to other addresses only
     * @throws UnknownHostException if it leads nowhere
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> open =
                Arrays.stream(lookup.all(host)).filter(this::allows).toList();
        if (open.isEmpty()) {
            throw new AddressNotAllowedException(host);
        }
        return few(open).toArray(InetAddress[]::new);
    }

    private static List<InetAddress> few(List<InetAddress> open) {
        List<InetAddress> few = open.subList(0, Math.min(open.size(), MOST));
        boolean six = few.getFirst() instanceof Inet6Address;
        boolean mixed = few.stream().anyMatch(address -> address instanceof Inet6Address != six);
        return mixed
                ? few
                : open.stream()
                        .filter(address -> address instanceof Inet6Address != six)
                        .findFirst()
                        .map(other -> Stream.concat(few.stream().limit(MOST - 1), Stream.of(other))
                                .toList())
                        .orElse(few);
    }

    public boolean allows(InetAddress address) {
        return isPublic(address) || exceptions.stream().anyMatch(network -> network.contains(address));
    }

    private static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes, 0);
    }

    private static boolean isPublic4(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        int third = bytes[at + 2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    /** Only global unicast (2000::/3), and of the forms that carry an IPv4 address only those that carry a public one. */
    private static boolean isPublic6(byte[] bytes) {
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
        if (first == 0x64 && second == 0xff9b) {
            return isPublic4(bytes, 12);
        }
        if (first == 0x2002) {
            return isPublic4(bytes, 2);
        }
        boolean teredoOrDocumentation = first == 0x2001 && (second < 0x200 || second == 0xdb8);
        return (first & 0xe000) == 0x2000 && !teredoOrDocumentation;
    }

    /** All addresses of a name. */
    @FunctionalInterface
    interface Lookup {

        InetAddress[] all(String host) throws UnknownHostException;
    }
}
