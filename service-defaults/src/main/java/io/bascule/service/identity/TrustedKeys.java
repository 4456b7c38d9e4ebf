package io.bascule.service.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the services that may call this one. A key that was added or removed counts at once: each look-up asks the
 * file system whether anything has changed since they were read. Safe for use by many threads.
 */
final class TrustedKeys {

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** What has changed just now may change again and show the same time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final @Nullable Path directory;
    private final InstantSource clock;
    /** Only of services that have keys: anybody may claim to be one that has none. */
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    TrustedKeys(@Nullable Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** All keys of a service, none when it is not trusted. */
    List<PublicKey> of(String service) {
        if (directory == null || !SERVICE_NAME.matcher(service).matches()) {
            return List.of();
        }
        Known before = known.get(service);
        return before != null && before.isStillSo() ? before.keys() : read(directory, service);
    }

    private List<PublicKey> read(Path from, String service) {
        try {
            Instant settledBefore = clock.instant().minus(SETTLED);
            var seen = new LinkedHashMap<Path, Stamp>();
            seen.put(from, Stamp.of(from));
            List<Path> files = files(from, service);
            for (Path file : files) {
                seen.put(file, Stamp.of(file));
            }
            List<PublicKey> keys = files.stream().map(PemKeys::readPublicKey).toList();
            if (!keys.isEmpty() && seen.values().stream().allMatch(stamp -> stamp.isBefore(settledBefore))) {
                known.put(service, new Known(seen, keys));
            } else {
                known.remove(service);
            }
            return keys;
        } catch (IOException failure) {
            throw new UncheckedIOException("trusted keys cannot be read: " + from, failure);
        }
    }

    private static List<Path> files(Path directory, String service) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> belongsTo(service, file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean belongsTo(String service, String file) {
        return file.equals(service + ".pem") || (file.startsWith(service + ".") && file.endsWith(".pem"));
    }

    /** The keys of a service, and the directory and files that they came from as these were before they were read. */
    private record Known(Map<Path, Stamp> seen, List<PublicKey> keys) {

        boolean isStillSo() {
            try {
                for (Map.Entry<Path, Stamp> each : seen.entrySet()) {
                    if (!Stamp.of(each.getKey()).equals(each.getValue())) {
                        return false;
                    }
                }
                return true;
            } catch (IOException gone) {
                return false;
            }
        }
    }

    /** What differs once a file or directory has been changed or replaced. */
    private record Stamp(Instant changed, long size, String file) {

        static Stamp of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(found.lastModifiedTime().toInstant(), found.size(), Objects.toString(found.fileKey()));
        }

        boolean isBefore(Instant time) {
            return changed.isBefore(time);
        }
    }
}
