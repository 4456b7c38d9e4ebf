package io.bascule.bundles;

import org.jspecify.annotations.Nullable;

/** A bundle as it travels: a zip archive, whatever is in it. Two with the same bytes are the same. */
public final class Archive {

    private final byte[] bytes;
    private final String sha256;

    /** Of bytes that nobody changes any more. */
    public Archive(byte[] bytes) {
        this.bytes = bytes;
        this.sha256 = Sha256.hex(bytes);
    }

    /** Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    /** Of the bytes, in lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** Unpacks it, at most to those limits. */
    public BundleFiles unpack(BundleLimits limits) throws InvalidBundleException {
        return BundleFiles.unzip(bytes, limits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Archive archive && sha256.equals(archive.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }
}
