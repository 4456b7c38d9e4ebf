package io.bascule.runner.bundle;

import io.bascule.bundles.InvalidBundleException;
import io.bascule.bundles.NpmLock;
import io.bascule.bundles.NpmPackage;
import io.bascule.bundles.SafePath;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Lays out what a package-lock.json names. No script of a package runs, and links to its programs are not made. */
final class NpmInstall {

    /** Lock files name it even where another registry is used. */
    private static final String PUBLIC_HOST = "registry.npmjs.org";

    /** On the registry's host, but beside it. */
    private static final Pattern UP = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");

    private final Registry registry;
    private final URI base;
    private final BundleProperties properties;

    NpmInstall(Registry registry, URI base, BundleProperties properties) {
        this.registry = registry;
        this.base = base;
        this.properties = properties;
    }

    /** Fills the directory, which is empty; scratch is used meanwhile. */
    void install(List<NpmPackage> packages, Path directory, Path scratch, Instant until)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        FileTree tree = new FileTree(directory, "the dependencies", properties.limits());
        for (NpmPackage wanted : packages) {
            try {
                registry.fetch(
                        source(wanted),
                        wanted.integrity(),
                        properties.download().toBytes(),
                        scratch,
                        until);
                unpack(wanted, scratch, tree);
            } catch (Registry.UnusableFileException unusable) {
                throw wanted.refusal(String.valueOf(unusable.getMessage()));
            } finally {
                Files.deleteIfExists(scratch);
            }
        }
    }

    private URI source(NpmPackage wanted) throws InvalidBundleException {
        URI resolved = wanted.resolved();
        String prefix = base.toString().replaceAll("/+$", "");
        boolean leadsUp = UP.matcher(String.valueOf(resolved.getRawPath())).find();
        if (!leadsUp && resolved.toString().startsWith(prefix + "/")) {
            return resolved;
        }
        if (!leadsUp && PUBLIC_HOST.equals(resolved.getHost())) {
            return URI.create(prefix + resolved.getRawPath());
        }
        throw new InvalidBundleException(
                NpmLock.FILE,
                wanted.line(),
                "%s comes from %s: this platform's registry is %s".formatted(wanted.place(), resolved.getHost(), base));
    }

    private static void unpack(NpmPackage wanted, Path archive, FileTree tree)
            throws IOException, InvalidBundleException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                InputStream plain = new BufferedInputStream(new GZIPInputStream(file))) {
            var entries = new TarEntries(plain);
            for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                add(wanted, entry.get(), entries, tree);
            }
        } catch (ZipException | EOFException | TarEntries.MalformedException malformed) {
            throw wanted.refusal("its archive cannot be read");
        }
    }

    /** Every path begins with one directory, whatever its name, which the package's place takes the place of. */
    private static void add(NpmPackage wanted, TarEntries.Entry entry, TarEntries entries, FileTree tree)
            throws IOException, InvalidBundleException {
        int slash = entry.name().indexOf('/');
        String inside = slash < 0 ? "" : entry.name().substring(slash + 1);
        switch (entry.kind()) {
            case FILE -> tree.add(wanted.place() + "/" + inside, entries::read);
            case DIRECTORY -> tree.passOver(wanted.place(), entries::read);
            case OTHER ->
                throw wanted.refusal("%s is a link or a device; packages hold plain files only"
                        .formatted(SafePath.shown(entry.name())));
        }
    }
}
