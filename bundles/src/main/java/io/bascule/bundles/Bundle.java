package io.bascule.bundles;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bundle that is as it must be.
 *
 * @param main the path of the file with the handler
 * @param npm what its lock file names; empty without one, and in Python
 * @param pip what its requirements name; empty without them, and in JavaScript
 */
public record Bundle(BundleFiles files, String main, List<NpmPackage> npm, List<PipPackage> pip) {

    private static final String PACKAGE = "package.json";
    private static final List<String> JAVASCRIPT = List.of("index.js", "index.mjs", "index.cjs", "index.ts");
    private static final List<String> PYTHON = List.of("main.py", "function.py");
    private static final Pattern JAVASCRIPT_NAME = Pattern.compile(".*\\.[cm]?[jt]s");
    private static final Pattern PYTHON_NAME = Pattern.compile(".*\\.py");

    /** They are read whole, and become many times as much while they are. */
    private static final int LARGEST_LIST = 1024 * 1024;

    private static final int LARGEST_PACKAGE = 64 * 1024;

    public Bundle {
        npm = List.copyOf(npm);
        pip = List.copyOf(pip);
    }

    /**
     * Reads a bundle in JavaScript.
     *
     * @param main the file with the handler; where {@code package.json} says, or index.js, when it is empty
     * @param cpu of the machines that run it: {@code x64} or {@code arm64}
     */
    public static Bundle javascript(BundleFiles files, String main, String cpu) throws InvalidBundleException {
        refuseInstalled(files, "node_modules/", NpmLock.FILE);
        String told = files.has(PACKAGE) ? packageMain(files) : "";
        List<NpmPackage> npm =
                files.has(NpmLock.FILE) ? new NpmLock(cpu).read(text(files, NpmLock.FILE, LARGEST_LIST)) : List.of();
        return new Bundle(
                files, main(files, main.isEmpty() ? told : main, JAVASCRIPT, JAVASCRIPT_NAME), npm, List.of());
    }

    /** Reads a bundle in Python; the file with the handler is main.py when none is named. */
    public static Bundle python(BundleFiles files, String main) throws InvalidBundleException {
        refuseInstalled(files, "site-packages/", PipRequirements.FILE);
        List<PipPackage> pip = files.has(PipRequirements.FILE)
                ? PipRequirements.read(text(files, PipRequirements.FILE, LARGEST_LIST))
                : List.of();
        return new Bundle(files, main(files, main, PYTHON, PYTHON_NAME), List.of(), pip);
    }

    private static String text(BundleFiles files, String path, int mostBytes) throws InvalidBundleException {
        byte[] content = files.content(path);
        if (content.length > mostBytes) {
            throw new InvalidBundleException(
                    path, "%d bytes (expected: at most %d)".formatted(content.length, mostBytes));
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static void refuseInstalled(BundleFiles files, String directory, String lock)
            throws InvalidBundleException {
        if (files.contents().keySet().stream().anyMatch(path -> path.startsWith(directory))) {
            throw new InvalidBundleException(
                    directory, "leave it out: dependencies are installed from %s".formatted(lock));
        }
    }

    /** Dependencies without a lock file would be whatever the registry has that day. */
    private static String packageMain(BundleFiles files) throws InvalidBundleException {
        try {
            var told = JsonMapper.shared().readTree(text(files, PACKAGE, LARGEST_PACKAGE));
            if (!told.path("dependencies").isEmpty() && !files.has(NpmLock.FILE)) {
                throw new InvalidBundleException(
                        PACKAGE, "it has dependencies, and there is no %s: run npm install".formatted(NpmLock.FILE));
            }
            String main = told.path("main").asString("");
            return main.startsWith("./") ? main.substring(2) : main;
        } catch (JacksonException malformed) {
            throw InvalidBundleException.noJson(PACKAGE, malformed);
        }
    }

    private static String main(BundleFiles files, String wanted, List<String> usual, Pattern name)
            throws InvalidBundleException {
        if (wanted.isEmpty()) {
            return usual.stream()
                    .filter(files::has)
                    .findFirst()
                    .orElseThrow(() -> new InvalidBundleException(
                            "there is no file with the handler: name one as main, or have one of %s".formatted(usual)));
        }
        String found = Stream.of(wanted, wanted + ".js")
                .filter(files::has)
                .findFirst()
                .orElseThrow(() -> new InvalidBundleException(
                        SafePath.shown(wanted), "it is named as the main file, and is not in the bundle"));
        if (!name.matcher(found).matches()) {
            throw new InvalidBundleException(
                    SafePath.shown(wanted), "it is named as the main file (expected: a name like %s)".formatted(usual));
        }
        return found;
    }
}
