package io.bascule.service.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of the services that may call this one. Read at each look-up: the files are few and small, and a key
 * that was added or removed counts at once.
 */
final class TrustedKeys {

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final @Nullable Path directory;

    TrustedKeys(@Nullable Path directory) {
        this.directory = directory;
    }

    /** All keys of a service, none when it is not trusted. */
    List<PublicKey> of(String service) {
        if (directory == null || !SERVICE_NAME.matcher(service).matches()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> belongsTo(service, file.getFileName().toString()))
                    .sorted()
                    .map(PemKeys::readPublicKey)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("trusted keys cannot be read: " + directory, failure);
        }
    }

    private static boolean belongsTo(String service, String file) {
        return file.equals(service + ".pem") || (file.startsWith(service + ".") && file.endsWith(".pem"));
    }
}
