package io.bascule.runner.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes the archive of a package, with entries as no honest tool would make them. */
public final class TestTar {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final GZIPOutputStream out;

    public TestTar() {
        try {
            out = new GZIPOutputStream(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public TestTar file(String name, String content) {
        return entry(name, '0', "", content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Of a type such as {@code 2}, a symbolic link, or {@code 1}, a hard link. */
    public TestTar link(String name, char type, String target) {
        return entry(name, type, target, new byte[0]);
    }

    /** A file of zeros, which takes next to nothing in the archive. */
    public TestTar zeros(String name, int mebibytes) {
        try {
            out.write(head(name, '0', "", mebibytes * 1024L * 1024));
            byte[] zeros = new byte[1024 * 1024];
            for (int written = 0; written < mebibytes; written++) {
                out.write(zeros);
            }
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private TestTar entry(String name, char type, String target, byte[] content) {
        try {
            if (name.length() > 100) {
                entry("././@LongLink", 'L', "", name.getBytes(StandardCharsets.US_ASCII));
            }
            out.write(head(name, type, target, content.length));
            out.write(content);
            out.write(new byte[(512 - content.length % 512) % 512]);
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] head(String name, char type, String target, long size) {
        byte[] head = new byte[512];
        put(head, 0, name.length() > 100 ? name.substring(0, 100) : name);
        put(head, 100, "0000644");
        put(head, 124, "%011o".formatted(size));
        put(head, 136, "00000000000");
        put(head, 156, String.valueOf(type));
        put(head, 157, target);
        put(head, 257, "ustar");
        put(head, 263, "00");
        return head;
    }

    private static void put(byte[] head, int at, String text) {
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, head, at, text.length());
    }

    public byte[] gzip() {
        try {
            out.write(new byte[1024]);
            out.close();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
