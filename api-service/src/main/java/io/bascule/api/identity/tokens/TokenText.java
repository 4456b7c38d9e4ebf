package io.bascule.api.identity.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A secret that is a text: a prefix that says what it is (and that leak scanners find), 256 random bits, and a checksum
 * that tells a typing error from an unknown token without asking the database. Letters and digits only after the prefix.
 */
public record TokenText(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_DIGITS = 43;
    private static final int CHECKSUM_DIGITS = 6;
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{%d}".formatted(SECRET_DIGITS + CHECKSUM_DIGITS));

    /** A new secret with a prefix such as {@code bsc_pat_}. */
    public static TokenText random(String prefix) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        String unchecked = prefix + digits(new BigInteger(1, secret), SECRET_DIGITS);
        return new TokenText(unchecked + checksum(unchecked));
    }

    /** Whether the text has this prefix, the right form and the checksum of what precedes it. */
    public boolean isWellFormed(String prefix) {
        if (!value.startsWith(prefix)
                || !FORM.matcher(value.substring(prefix.length())).matches()) {
            return false;
        }
        int end = value.length() - CHECKSUM_DIGITS;
        return checksum(value.substring(0, end)).equals(value.substring(end));
    }

    /** SHA-256 of the text: what is stored. A secret of 256 random bits needs no slow hash. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Says nothing of the secret, so that it cannot end up in a log. */
    @Override
    public String toString() {
        return "TokenText[…]";
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return digits(BigInteger.valueOf(crc.getValue()), CHECKSUM_DIGITS);
    }

    private static String digits(BigInteger number, int count) {
        var reversed = new StringBuilder(count);
        BigInteger rest = number;
        for (int i = 0; i < count; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            reversed.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return reversed.reverse().toString();
    }
}
