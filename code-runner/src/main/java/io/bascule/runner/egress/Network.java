package io.bascule.runner.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses, such as {@code 10.0.0.0/8}. */
record Network(InetAddress first, int bits) {

    static Network parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int most = first.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text, slash + 1, text.length(), 10);
            if (bits >= 0 && bits <= most) {
                return new Network(first, bits);
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw invalid(text, notAnAddress);
        }
        throw invalid(text, new UnknownHostException(text));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] prefix = first.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException invalid(String text, Exception cause) {
        return new IllegalArgumentException(
                "bascule.runner.egress.private-networks: %s (expected: a network such as 10.1.0.0/16)".formatted(text),
                cause);
    }
}
