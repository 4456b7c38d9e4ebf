package io.bascule.api.functions;

import io.bascule.api.functions.FunctionView.BundleView;
import io.bascule.api.functions.FunctionView.VersionView;
import io.bascule.bundles.BundledFile;
import io.bascule.bundles.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one version has otherwise than another.
 *
 * @param since the number of the other
 * @param files by path; those that are the same are left out
 * @param settings the names of those that differ
 */
record VersionChanges(int since, int version, List<FileChange> files, List<String> settings) {

    /** One file that is not as it was: {@code added}, {@code removed} or {@code changed}. */
    record FileChange(String path, String kind) {}

    static VersionChanges between(String runtime, VersionView old, VersionView young) {
        return new VersionChanges(
                old.version(),
                young.version(),
                files(hashes(runtime, old), hashes(runtime, young)),
                settings(old, young));
    }

    private static List<FileChange> files(Map<String, String> old, Map<String, String> young) {
        var paths = new TreeSet<>(old.keySet());
        paths.addAll(young.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(old.get(path), young.get(path)))
                .map(path -> new FileChange(path, change(old.containsKey(path), young.containsKey(path))))
                .toList();
    }

    private static String change(boolean was, boolean is) {
        if (was && is) {
            return "changed";
        }
        return is ? "added" : "removed";
    }

    /** Code that is one text counts as the main file that a bundle would have. */
    private static Map<String, String> hashes(String runtime, VersionView version) {
        BundleView bundle = version.bundle();
        if (bundle == null || bundle.files() == null) {
            byte[] text = Objects.requireNonNullElse(version.source(), "").getBytes(StandardCharsets.UTF_8);
            return Map.of(runtime.equals("python") ? "main.py" : "index.js", Sha256.hex(text));
        }
        return bundle.files().stream().collect(Collectors.toMap(BundledFile::path, BundledFile::sha256));
    }

    private static List<String> settings(VersionView old, VersionView young) {
        Map<String, Object> before = settings(old);
        return settings(young).entrySet().stream()
                .filter(setting -> !setting.getValue().equals(before.get(setting.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static TreeMap<String, Object> settings(VersionView version) {
        BundleView bundle = version.bundle();
        return new TreeMap<>(Map.of(
                "timeoutSeconds", version.timeoutSeconds(),
                "memoryMib", version.memoryMib(),
                "egress", version.egress(),
                "secrets", version.secrets(),
                "resources", version.resources(),
                "main", bundle == null ? "" : bundle.main()));
    }
}
