package io.bascule.bundles;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code requirements.txt} as {@code pip --require-hashes} does: every package with its version and its hashes. */
public final class PipRequirements {

    public static final String FILE = "requirements.txt";

    private static final int MOST_PACKAGES = 500;
    private static final Pattern PINNED = Pattern.compile(
            "([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:\\[[^]]*])?\\s*==\\s*([A-Za-z0-9.!+_-]{1,100})(\\s.*)?");
    private static final Pattern HASH = Pattern.compile("--hash=sha256:([0-9a-fA-F]{64})");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    private PipRequirements() {}

    /** The packages, in their order. */
    public static List<PipPackage> read(String text) throws InvalidBundleException {
        var packages = new ArrayList<PipPackage>();
        var names = new HashSet<String>();
        String[] lines = text.split("\\R", -1);
        for (int at = 0; at < lines.length; at++) {
            int first = at + 1;
            var whole = new StringBuilder();
            String piece = withoutComment(lines[at]);
            while (piece.stripTrailing().endsWith("\\") && at + 1 < lines.length) {
                whole.append(piece, 0, piece.lastIndexOf('\\')).append(' ');
                piece = withoutComment(lines[++at]);
            }
            String line = whole.append(piece).toString().strip();
            if (!line.isEmpty()) {
                PipPackage read = requirement(line, first);
                if (!names.add(read.name())) {
                    throw new InvalidBundleException(FILE, first, "%s is there twice".formatted(read.name()));
                }
                packages.add(read);
            }
            if (packages.size() > MOST_PACKAGES) {
                throw new InvalidBundleException(FILE, first, "more than %d packages".formatted(MOST_PACKAGES));
            }
        }
        return List.copyOf(packages);
    }

    /** The one form of a name. */
    public static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }

    private static String withoutComment(String line) {
        return COMMENT.matcher(line).replaceFirst("");
    }

    private static PipPackage requirement(String line, int number) throws InvalidBundleException {
        String shown = SafePath.shown(line.split("\\s", 2)[0]);
        if (line.startsWith("-")) {
            throw new InvalidBundleException(
                    FILE, number, "%s: options have no place here; the registry is the operator's".formatted(shown));
        }
        Matcher pinned = PINNED.matcher(line);
        if (!pinned.matches()) {
            throw new InvalidBundleException(
                    FILE,
                    number,
                    "%s: expected NAME==VERSION --hash=sha256:…, as pip-compile --generate-hashes writes it; no URLs, no git"
                            .formatted(shown));
        }
        String rest = pinned.group(3) == null ? "" : pinned.group(3).strip();
        Set<Integrity> files = new HashSet<>();
        Matcher hash = HASH.matcher(rest);
        while (hash.find()) {
            files.add(Integrity.sha256(hash.group(1)));
        }
        if (files.isEmpty() || !HASH.matcher(rest).replaceAll("").isBlank()) {
            throw new InvalidBundleException(FILE, number, whatIsLeft(shown, rest));
        }
        return new PipPackage(normal(pinned.group(1)), pinned.group(2), files, number);
    }

    private static String whatIsLeft(String shown, String rest) {
        return rest.startsWith(";")
                ? "%s has a condition (;): compile the file for Linux, where it is run".formatted(shown)
                : "%s: expected nothing but --hash=sha256:… after its version, and at least one".formatted(shown);
    }
}
