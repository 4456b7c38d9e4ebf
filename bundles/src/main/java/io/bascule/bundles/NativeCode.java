package io.bascule.bundles;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises what a runtime would load as native code, which jobs may not: it would be refused later and be hard to understand. */
public final class NativeCode {

    private static final Pattern NAME = Pattern.compile(".*\\.(node|so|dylib|dll|pyd)(\\.\\d+)*");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private NativeCode() {}

    /** By its name. */
    public static boolean isNamed(String path) {
        return NAME.matcher(path.toLowerCase(Locale.ROOT)).matches();
    }

    /** By the first bytes of its content. */
    public static boolean begins(byte[] content, int length) {
        return length >= ELF.length && Arrays.equals(content, 0, ELF.length, ELF, 0, ELF.length);
    }

    /** @param what it is in */
    public static InvalidBundleException refusal(String path, String what) {
        return new InvalidBundleException(
                SafePath.shown(path), "%s holds native code, which functions cannot load".formatted(what));
    }
}
