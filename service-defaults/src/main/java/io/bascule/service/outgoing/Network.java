package io.bascule.service.outgoing;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses, such as {@code 10.0.0.0/8}.
 *
 * @param length how many bits of the address all of its addresses begin with
 */
public record Network(InetAddress address, int length) {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]+)/([0-9]{1,3})");

    public Network {
        int bits = address.getAddress().length * Byte.SIZE;
        if (length > bits) {
            throw new IllegalArgumentException("/%d (expected: /0 to /%d)".formatted(length, bits));
        }
    }

    /**
     * Reads the CIDR form; names are not resolved.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    public static Network parse(String text) {
        var parts = FORM.matcher(text);
        try {
            if (parts.matches()) {
                return new Network(InetAddress.ofLiteral(parts.group(1)), Integer.parseInt(parts.group(2)));
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(text + ": " + malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException(text + " (expected: a network such as 10.0.0.0/8)");
    }

    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        int whole = length / Byte.SIZE;
        if (ours.length != theirs.length || !Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = length % Byte.SIZE;
        return rest == 0 || (ours[whole] & 0xff) >> (Byte.SIZE - rest) == (theirs[whole] & 0xff) >> (Byte.SIZE - rest);
    }
}
