package io.bascule.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ObjectStorage} must do. */
@Timeout(60)
abstract class ObjectStorageContract {

    abstract ObjectStorage storage();

    @Test
    void whatIsPutComesBackByteForByte() throws IOException {
        byte[] content = new byte[3 * 1024 * 1024 + 17];
        new Random(1).nextBytes(content);

        storage().put(key("a/b/large.bin"), content);

        try (var object = storage().get(key("a/b/large.bin")).orElseThrow()) {
            assertThat(object.bytes()).isEqualTo(content.length);
            assertThat(object.content().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void anEmptyObjectIsAnObject() {
        storage().put(key("empty"), new byte[0]);

        assertThat(text("empty")).isEmpty();
    }

    @Test
    void thereIsNothingUnderOtherKeys() {
        storage().put(key("folder/one"), bytes("1"));

        assertThat(storage().get(key("folder/two"))).isEmpty();
        assertThat(storage().get(key("folder"))).isEmpty();
        assertThat(storage().get(key("nowhere/at/all"))).isEmpty();
    }

    @Test
    void aLaterObjectTakesThePlaceOfAnEarlierOne() {
        storage().put(key("same"), bytes("the first, which is longer"));
        storage().put(key("same"), bytes("second"));

        assertThat(text("same")).isEqualTo("second");
    }

    @Test
    void whatIsDeletedIsGoneAndDeletingAgainIsNoError() {
        storage().put(key("d/one"), bytes("1"));
        storage().put(key("d/two"), bytes("2"));

        storage().delete(key("d/one"));
        storage().delete(key("d/one"));
        storage().delete(key("never/was"));

        assertThat(storage().get(key("d/one"))).isEmpty();
        assertThat(text("d/two")).isEqualTo("2");
    }

    @Test
    void keysAreListedByPrefixInOrderAndInPages() {
        List<String> keys = List.of("l/2026-01-01/a", "l/2026-01-01/b.json", "l/2026-01-02/a", "l/2026-02-01/a", "m/a");
        keys.forEach(key -> storage().put(key(key), bytes(key)));

        assertThat(list("l/", null, 10)).containsExactlyElementsOf(keys.subList(0, 4));
        assertThat(list("l/2026-01", null, 10)).containsExactlyElementsOf(keys.subList(0, 3));
        assertThat(list("l/", null, 2)).containsExactlyElementsOf(keys.subList(0, 2));
        assertThat(list("l/", "l/2026-01-01/b.json", 2)).containsExactlyElementsOf(keys.subList(2, 4));
        assertThat(list("x/", null, 10)).isEmpty();
    }

    @Test
    void whatOthersLeftAmongTheObjectsIsPassedOver() throws Exception {
        storage().put(key("o/a"), bytes("1"));
        storage().put(key("o/b"), bytes("2"));
        putForeign("o/.left-by-another");
        putForeign("o/a name with spaces");

        assertThat(list("o/", null, 2)).containsExactly("o/a", "o/b");
    }

    /** Something under a name that is no key of ours. */
    abstract void putForeign(String name) throws Exception;

    @Test
    void readersSeeAWholeObjectWhileItIsReplaced() throws Exception {
        storage().put(key("busy"), bytes("a".repeat(200_000)));
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = writers.submit(() -> IntStream.range(0, 30)
                    .forEach(turn -> storage().put(key("busy"), bytes((turn % 2 == 0 ? "b" : "a").repeat(200_000)))));
            while (!writing.isDone()) {
                assertThat(text("busy")).hasSize(200_000).matches("a+|b+");
            }
            writing.get();
        }
    }

    static ObjectKey key(String text) {
        return new ObjectKey(text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> list(String prefix, @Nullable String after, int most) {
        return storage().list(prefix, after == null ? null : key(after), most).stream()
                .map(ObjectKey::text)
                .toList();
    }

    String text(String name) {
        try (var object = storage().get(key(name)).orElseThrow()) {
            return new String(object.content().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
