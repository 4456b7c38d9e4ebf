package io.bascule.bundles;

/**
 * How large something that is unpacked may be.
 *
 * @param bytes of all files together
 * @param files of them, directories included
 * @param depth of directories, the file included
 */
public record BundleLimits(long bytes, int files, int depth) {

    /** What a function's author may send: as an archive at most {@value #ARCHIVE_BYTES} bytes. */
    public static final BundleLimits OF_AUTHORS = new BundleLimits(8L * 1024 * 1024, 1000, 16);

    public static final int ARCHIVE_BYTES = 2 * 1024 * 1024;
}
