package io.bascule.bundles;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file must hash to.
 *
 * @param algorithm such as {@code SHA-512}
 * @param digest in lower-case hexadecimal
 */
public record Integrity(String algorithm, String digest) {

    private static final Pattern BETWEEN = Pattern.compile("\\s+");

    /** The strongest first; what is weaker proves nothing. */
    private static final List<String> STRONG = List.of("sha512", "sha384", "sha256");

    /** Of a text such as {@code sha512-…}, of which there may be several; empty when none is strong and well-formed. */
    static Optional<Integrity> parse(String text) {
        for (String name : STRONG) {
            for (String one : BETWEEN.split(text.strip(), -1)) {
                if (one.startsWith(name + "-")) {
                    return decode("SHA-" + name.substring(3), one.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Integrity> decode(String algorithm, String base64) {
        try {
            byte[] digest = Base64.getDecoder().decode(base64.split("\\?", 2)[0]);
            boolean whole = digest.length * 8 == Integer.parseInt(algorithm, 4, algorithm.length(), 10);
            return whole ? Optional.of(new Integrity(algorithm, HexFormat.of().formatHex(digest))) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** A SHA-256 in hexadecimal. */
    static Integrity sha256(String digest) {
        return new Integrity("SHA-256", digest.toLowerCase(Locale.ROOT));
    }

    /** To be fed with the file. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Whether what was fed is the file. */
    public boolean isOf(MessageDigest fed) {
        return HexFormat.of().formatHex(fed.digest()).equals(digest);
    }
}
