package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Node program and exactly the files it needs.
 *
 * @param program the real file, links resolved
 * @param loader the dynamic loader, which is executed with it
 * @param libraries what the loader reads
 */
record NodeRuntime(Path program, String version, List<Path> loader, List<Path> libraries) implements LanguageRuntime {

    private static final int OLDEST_MAJOR = 20;
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.[\\d.]+.*");
    private static final Pattern LIBRARY = Pattern.compile("\\s(/\\S+)\\s+\\(0x");
    private static final String REMEDY =
            "Install Node %d or newer, or point bascule.runner.node to it.".formatted(OLDEST_MAJOR);

    static NodeRuntime find(@Nullable Path configured) {
        Path found = configured != null ? configured : onPath();
        try {
            Path program = found.toRealPath();
            String version =
                    run(List.of(program.toString(), "--version"), Map.of()).strip();
            Matcher match = VERSION.matcher(version);
            if (!match.matches() || Integer.parseInt(match.group(1)) < OLDEST_MAJOR) {
                throw new SandboxUnavailableException("%s is Node %s.".formatted(program, version), REMEDY);
            }
            return new NodeRuntime(program, version, loaders(program), libraries(program));
        } catch (IOException failure) {
            throw new SandboxUnavailableException("Node cannot be run: " + found, REMEDY, failure);
        }
    }

    @Override
    public Language language() {
        return Language.JAVASCRIPT;
    }

    @Override
    public List<String> launcher(SandboxFiles files) {
        LauncherPlaces places = files.places(language());
        return List.of(
                files.launcher().toString(),
                places.socket().toString(),
                places.jobs().toString(),
                program.toString());
    }

    @Override
    public List<String> permissions(SandboxFiles files) {
        var options = new ArrayList<String>();
        loader.forEach(file -> options.addAll(List.of("--execute", file.toString())));
        libraries.forEach(file -> options.addAll(List.of("--read", file.toString())));
        if (Files.exists(Path.of("/etc/ld.so.cache"))) {
            options.addAll(List.of("--read", "/etc/ld.so.cache"));
        }
        options.addAll(List.of("--read", files.nodeWrapper().toString()));
        options.addAll(List.of("--read", files.nodeEgress().toString()));
        options.addAll(List.of("--read", files.nodeResource().toString()));
        return options;
    }

    @Override
    public List<String> arguments(SandboxFiles files) {
        return List.of(
                "--no-addons", "--openssl-config=/dev/null", files.nodeWrapper().toString());
    }

    @Override
    public String argument(MemorySize memory) {
        return "--max-old-space-size=" + memory.heapMebibytes();
    }

    private static Path onPath() {
        return ProgramPath.all("node").stream()
                .findFirst()
                .orElseThrow(() -> new SandboxUnavailableException("there is no Node on the PATH.", REMEDY));
    }

    private static List<Path> libraries(Path program) throws IOException {
        return loaded(program, false);
    }

    private static List<Path> loaders(Path program) throws IOException {
        return loaded(program, true);
    }

    /** Asks the dynamic loader what it would load, by the names that it uses; a static program names nothing. */
    private static List<Path> loaded(Path program, boolean loader) throws IOException {
        String listing = run(List.of(program.toString()), Map.of("LD_TRACE_LOADED_OBJECTS", "1"));
        var files = new ArrayList<Path>();
        Matcher match = LIBRARY.matcher(listing);
        while (match.find()) {
            Path file = Path.of(match.group(1));
            if (file.getFileName().toString().startsWith("ld-") == loader) {
                files.add(file);
            }
        }
        return List.copyOf(files);
    }

    private static String run(List<String> command, Map<String, String> environment) throws IOException {
        return new ProgramCall(command, environment).output();
    }
}
