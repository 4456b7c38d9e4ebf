package io.bascule.runner.bundle;

import io.bascule.bundles.Archive;
import io.bascule.bundles.Bundle;
import io.bascule.bundles.BundleFiles;
import io.bascule.bundles.BundleLimits;
import io.bascule.bundles.InvalidBundleException;
import io.bascule.bundles.NpmLock;
import io.bascule.bundles.PipRequirements;
import io.bascule.bundles.Sha256;
import io.bascule.runner.sandbox.Language;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** Makes bundles ready for jobs: each once, its dependencies once for each lock file. Safe for use by many threads. */
public final class Bundles implements AutoCloseable {

    private static final String APP = "app";

    private final BundleProperties properties;
    private final RegistryProperties registries;
    private final InstantSource clock;
    private final BundleStore store;
    private final Registry registry;
    private final BundlePlace place;

    Bundles(BundleProperties properties, RegistryProperties registries, BundlePlace place, InstantSource clock) {
        this.properties = properties;
        this.registries = registries;
        this.clock = clock;
        this.place = place;
        this.store = new BundleStore(place.directory(), properties.space().toBytes());
        this.registry = new Registry(clock);
    }

    /**
     * Holds a bundle's directory, with its own files in {@code app} and its dependencies beside that, until it is closed. Blocks
     * while they are fetched, for the first who asks.
     *
     * @throws InvalidBundleException saying in which line of which file what is wrong
     * @throws BundleUnavailableException when it may be possible later
     */
    public Held hold(Language language, Archive archive, String main)
            throws InvalidBundleException, BundleUnavailableException, InterruptedException {
        String name = "bundle-" + hash(language.label(), main, archive.sha256());
        return new Held(store.hold(name, directory -> fill(directory, language, archive, main)));
    }

    /** A bundle that is there. */
    public static final class Held implements AutoCloseable {

        private final BundleStore.Lease lease;

        private Held(BundleStore.Lease lease) {
            this.lease = lease;
        }

        public Path directory() {
            return lease.directory();
        }

        /** Holds it once more. */
        public Held again() {
            return new Held(lease.again());
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    private void fill(Path directory, Language language, Archive archive, String main)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        BundleFiles files = archive.unpack(BundleLimits.OF_AUTHORS);
        Bundle bundle = switch (language) {
            case JAVASCRIPT -> Bundle.javascript(files, main, NpmLock.processor());
            case PYTHON -> Bundle.python(files, main);
        };
        Path app = TreeLinks.directory(directory.resolve(APP));
        var tree = new FileTree(app, "the bundle", BundleLimits.OF_AUTHORS);
        for (var file : files.contents().entrySet()) {
            tree.add(file.getKey(), new ByteArrayInputStream(file.getValue())::read);
        }
        link(bundle, directory);
    }

    /** Under another name of the same files, so that they are there for as long as the bundle is. */
    private void link(Bundle bundle, Path directory)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        if (bundle.npm().isEmpty() && bundle.pip().isEmpty()) {
            return;
        }
        String lock = bundle.npm().isEmpty() ? PipRequirements.FILE : NpmLock.FILE;
        String name = "lock-" + hash(lock, Sha256.hex(bundle.files().content(lock)));
        try (var dependencies = store.hold(name, empty -> install(bundle, empty))) {
            TreeLinks.link(dependencies.directory(), directory);
        }
    }

    private void install(Bundle bundle, Path directory)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        Instant until = clock.instant().plus(properties.within());
        if (bundle.pip().isEmpty()) {
            new NpmInstall(registry, registries.npm(), properties)
                    .install(bundle.npm(), directory, store.scratch(), until);
        } else {
            Path packages = TreeLinks.directory(directory.resolve("site-packages"));
            new PipInstall(registry, registries.pypi(), properties)
                    .install(bundle.pip(), packages, store.scratch(), until);
        }
    }

    private static String hash(String... parts) {
        return Sha256.hex(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        registry.close();
        store.clear();
        place.remove();
    }
}
