package io.bascule.api.identity.users;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was loaded for a short time, the most recently loaded entries up to a bound. Failures are not
 * remembered. Two threads may load the same key at the same time. Safe for use by many threads.
 */
public final class BriefCache<K, V> {

    private final Duration believed;
    private final InstantSource clock;
    private final Map<K, Remembered<V>> entries;

    public BriefCache(int bound, Duration believed, InstantSource clock) {
        this.believed = believed;
        this.clock = clock;
        this.entries = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Remembered<V>> eldest) {
                return size() > bound;
            }
        };
    }

    /** What was loaded for the key within the time that entries are believed, else what the loader gives now. */
    public V find(K key, Function<K, V> loader) {
        Instant now = clock.instant();
        Remembered<V> known = lookUp(key);
        if (known != null && now.isBefore(known.until()) && !now.isBefore(known.from())) {
            return known.value();
        }
        V value = loader.apply(key);
        store(key, new Remembered<>(value, now, now.plus(believed)));
        return value;
    }

    private synchronized @Nullable Remembered<V> lookUp(K key) {
        return entries.get(key);
    }

    private synchronized void store(K key, Remembered<V> entry) {
        entries.remove(key);
        entries.put(key, entry);
    }

    private record Remembered<V>(V value, Instant from, Instant until) {}
}
