package io.bascule.runner.bundle;

import io.bascule.bundles.InvalidBundleException;
import io.bascule.bundles.PipPackage;
import io.bascule.bundles.PipRequirements;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Lays out the wheels that a requirements file names. Those without native code only; nothing is built from sources. */
final class PipInstall {

    private static final Pattern PURE = Pattern.compile(".*-(py2\\.)?py3(\\d*)-none-any\\.whl");
    /** What a wheel wants elsewhere; only libraries have a place here. */
    private static final Pattern DATA = Pattern.compile("[^/]+\\.data/([^/]+)/(.*)");

    private final Registry registry;
    private final PackageIndex index;
    private final BundleProperties properties;

    PipInstall(Registry registry, URI base, BundleProperties properties) {
        this.registry = registry;
        this.index = new PackageIndex(registry, base);
        this.properties = properties;
    }

    /** Fills the directory, which is empty; scratch is used meanwhile. */
    void install(List<PipPackage> packages, Path directory, Path scratch, Instant until)
            throws IOException, InvalidBundleException, BundleUnavailableException, InterruptedException {
        FileTree tree = new FileTree(directory, "the dependencies", properties.limits());
        for (PipPackage wanted : packages) {
            PackageIndex.Listed wheel = wheel(wanted, until);
            try {
                registry.fetch(
                        wheel.source(), wheel.integrity(), properties.download().toBytes(), scratch, until);
                unpack(wanted, scratch, tree);
            } catch (Registry.UnusableFileException unusable) {
                throw wanted.refusal(String.valueOf(unusable.getMessage()));
            } finally {
                Files.deleteIfExists(scratch);
            }
        }
    }

    private PackageIndex.Listed wheel(PipPackage wanted, Instant until)
            throws InvalidBundleException, BundleUnavailableException, InterruptedException {
        List<PackageIndex.Listed> known = index.files(wanted, until);
        Optional<PackageIndex.Listed> pure = known.stream()
                .filter(file -> PURE.matcher(file.name()).matches())
                .findFirst();
        if (pure.isPresent()) {
            return pure.get();
        }
        String names = known.isEmpty()
                ? "the index knows no file with one of these hashes"
                : "only %s"
                        .formatted(known.stream().map(PackageIndex.Listed::name).toList());
        throw new InvalidBundleException(
                PipRequirements.FILE,
                wanted.line(),
                "%s==%s: there is no wheel without native code (…-py3-none-any.whl) among its hashes: %s"
                        .formatted(wanted.name(), wanted.version(), names));
    }

    private static void unpack(PipPackage wanted, Path archive, FileTree tree)
            throws IOException, InvalidBundleException {
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Optional<String> place = place(entry);
                if (place.isPresent()) {
                    tree.add(place.get(), zip::read);
                } else {
                    tree.passOver(entry.getName().replaceAll("/$", ""), zip::read);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException malformed) {
            throw wanted.refusal("its wheel cannot be read");
        }
    }

    private static Optional<String> place(ZipEntry entry) {
        if (entry.isDirectory()) {
            return Optional.empty();
        }
        Matcher data = DATA.matcher(entry.getName());
        if (!data.matches()) {
            return Optional.of(entry.getName());
        }
        boolean library = data.group(1).equals("purelib") || data.group(1).equals("platlib");
        return library ? Optional.of(data.group(2)) : Optional.empty();
    }
}
