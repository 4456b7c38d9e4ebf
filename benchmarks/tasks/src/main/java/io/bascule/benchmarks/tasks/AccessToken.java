package io.bascule.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** A token that our API takes for well-formed: a prefix, 43 letters or digits, and the checksum of both. Not a secret. */
record AccessToken(String text) {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int CHECKSUM_DIGITS = 6;

    AccessToken() {
        this(checked("bsc_pat_" + "0".repeat(43)));
    }

    private static String checked(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        BigInteger rest = BigInteger.valueOf(crc.getValue());
        var digits = new StringBuilder();
        for (int digit = 0; digit < CHECKSUM_DIGITS; digit++) {
            digits.append(DIGITS.charAt(rest.mod(BASE).intValue()));
            rest = rest.divide(BASE);
        }
        return text + digits.reverse();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    String hexHash() {
        return HexFormat.of().formatHex(hash());
    }
}
