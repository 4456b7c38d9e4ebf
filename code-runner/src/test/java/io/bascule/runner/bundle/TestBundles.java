package io.bascule.runner.bundle;

import io.bascule.bundles.Archive;
import io.bascule.testsupport.PackageRegistry;
import io.bascule.testsupport.TestZip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** What makes bundles ready, with small bounds. */
public final class TestBundles {

    public static final int BYTES = 4 * 1024 * 1024;
    public static final int FILES = 2000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private TestBundles() {}

    /** A bundle with these files. */
    public static Archive archive(Map<String, String> contents) {
        return new Archive(TestZip.of(contents));
    }

    /** Which keep nothing that nobody holds, and have no packages. */
    public static Bundles withoutRoom() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        return in(null, new RegistryProperties(nowhere, nowhere), DataSize.ofBytes(1), PATIENCE);
    }

    /** With packages from these. */
    public static Bundles from(URI npm, URI pypi) {
        return in(null, new RegistryProperties(npm, pypi), DataSize.ofMegabytes(64), PATIENCE);
    }

    /** In a temporary directory that jobs can pass through; without a registry there are no packages. */
    public static Bundles beside(@Nullable PackageRegistry registry) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        return in(
                null,
                registry == null
                        ? new RegistryProperties(nowhere, nowhere)
                        : new RegistryProperties(registry.npm(), registry.pypi()),
                DataSize.ofMegabytes(64),
                PATIENCE);
    }

    static Bundles in(Path directory, PackageRegistry registry) {
        return in(directory, registry, DataSize.ofMegabytes(64));
    }

    static Bundles in(Path directory, PackageRegistry registry, DataSize space) {
        return in(directory, new RegistryProperties(registry.npm(), registry.pypi()), space, PATIENCE);
    }

    /** Which fetch for so long at most. */
    static Bundles in(Path directory, PackageRegistry registry, Duration within) {
        var registries = new RegistryProperties(registry.npm(), registry.pypi());
        return in(directory, registries, DataSize.ofMegabytes(64), within);
    }

    private static Bundles in(
            @Nullable Path directory, RegistryProperties registries, DataSize space, Duration within) {
        var properties = new BundleProperties(
                directory, space, DataSize.ofBytes(BYTES), FILES, 12, DataSize.ofMegabytes(8), within);
        try {
            return new Bundles(properties, registries, BundlePlace.make(properties), InstantSource.system());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
