package io.bascule.bundles;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Looks through an archive's directory for what is no plain file: links, devices. Where that cannot be read, there is no archive. */
final class ZipLinks {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int KIND = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;

    private ZipLinks() {}

    static void refuse(byte[] archive) throws InvalidBundleException {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        int end = end(bytes);
        int count = Short.toUnsignedInt(bytes.getShort(end + 10));
        long at = Integer.toUnsignedLong(bytes.getInt(end + 16));
        for (int entry = 0; entry < count; entry++) {
            if (at + ENTRY_BYTES > end || bytes.getInt((int) at) != ENTRY) {
                throw unreadable();
            }
            at += check(bytes, (int) at, end);
        }
    }

    /** The length of the entry. */
    private static int check(ByteBuffer bytes, int at, int end) throws InvalidBundleException {
        int nameBytes = Short.toUnsignedInt(bytes.getShort(at + 28));
        int length = ENTRY_BYTES
                + nameBytes
                + Short.toUnsignedInt(bytes.getShort(at + 30))
                + Short.toUnsignedInt(bytes.getShort(at + 32));
        if (at + length > end) {
            throw unreadable();
        }
        int kind = (bytes.getInt(at + 38) >>> 16) & KIND;
        if (kind != 0 && kind != FILE && kind != DIRECTORY) {
            byte[] name = new byte[nameBytes];
            bytes.get(at + ENTRY_BYTES, name);
            throw new InvalidBundleException(
                    SafePath.shown(new String(name, StandardCharsets.UTF_8)),
                    "it is a link or a device: a bundle holds plain files only");
        }
        return length;
    }

    private static int end(ByteBuffer bytes) throws InvalidBundleException {
        int last = bytes.limit() - END_BYTES;
        for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
            if (bytes.getInt(at) == END) {
                return at;
            }
        }
        throw unreadable();
    }

    private static InvalidBundleException unreadable() {
        return new InvalidBundleException("the bundle is no zip archive that can be read");
    }
}
