package io.bascule.runner.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Passes on what a process prints past its console: text that the function wrote itself, and the runtime's last words. */
final class OutputReader {

    private static final int CHUNK = 8 * 1024;
    /** What V8 says before it aborts; believed only for a process that then ended by a signal. */
    private static final String HEAP_EXHAUSTED = "JavaScript heap out of memory";

    private final ReadableByteChannel output;
    private final BiConsumer<String, Integer> onText;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private volatile boolean heapExhausted;
    private String tail = "";

    /** The consumer gets each piece with the number of bytes it was. */
    OutputReader(ReadableByteChannel output, BiConsumer<String, Integer> onText) {
        this.output = output;
        this.onText = onText;
    }

    /** Reads to the end. */
    void readAll() {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer characters = CharBuffer.allocate(CHUNK);
        try {
            int got;
            while ((got = output.read(bytes)) >= 0) {
                decoder.decode(bytes.flip(), characters, false);
                bytes.compact();
                take(characters.flip().toString(), got);
                characters.clear();
            }
        } catch (IOException gone) {
            // The process has ended or was ended: what was printed has been passed on.
            return;
        }
    }

    boolean saidHeapExhausted() {
        return heapExhausted;
    }

    private void take(String text, int bytes) {
        String recent = tail + text;
        heapExhausted |= recent.contains(HEAP_EXHAUSTED);
        tail = recent.substring(Math.max(0, recent.length() - HEAP_EXHAUSTED.length()));
        if (bytes > 0) {
            onText.accept(text.stripTrailing(), bytes);
        }
    }
}
