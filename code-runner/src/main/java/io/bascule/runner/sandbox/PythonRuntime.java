package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Python program and the directories of its standard library. It runs once and forks for each job, so a job's process
 * needs neither the program nor its libraries.
 *
 * @param program the real file, links resolved
 * @param library where modules are imported from
 */
record PythonRuntime(Path program, String version, List<Path> library) implements LanguageRuntime {

    private static final int OLDEST_MINOR = 9;
    private static final String REMEDY =
            "Install Python 3.%d or newer, or point bascule.runner.python to it.".formatted(OLDEST_MINOR);
    private static final String QUESTION = """
            import sys
            print('PYTHON', *sys.version_info[:3])
            print(sys.executable)
            print(*sys.path, sep='\\n')
            """;
    private static final Path TIME_ZONES = Path.of("/usr/share/zoneinfo");

    /** The first on the PATH that fits, unless one is configured. */
    static PythonRuntime find(@Nullable Path configured) {
        List<Path> candidates = configured != null
                ? List.of(configured)
                : Stream.of("python3", "python")
                        .flatMap(name -> ProgramPath.all(name).stream())
                        .toList();
        var reasons = new ArrayList<String>();
        for (Path candidate : candidates) {
            try {
                return inspect(candidate);
            } catch (IOException | SandboxUnavailableException unfit) {
                reasons.add(String.valueOf(unfit.getMessage()));
            }
        }
        throw new SandboxUnavailableException(
                reasons.isEmpty() ? "there is no python3 on the PATH." : String.join(" ", reasons), REMEDY);
    }

    private static PythonRuntime inspect(Path candidate) throws IOException {
        var call = new ProgramCall(List.of(candidate.toString(), "-I", "-S", "-c", QUESTION), Map.of());
        List<String> answers = call.output().lines().toList();
        if (answers.size() < 2 || !answers.getFirst().startsWith("PYTHON ")) {
            throw new SandboxUnavailableException("%s is no Python 3.".formatted(candidate), REMEDY);
        }
        String[] numbers = answers.getFirst().split(" ", -1);
        String version = "%s.%s.%s".formatted(numbers[1], numbers[2], numbers[3]);
        if (!numbers[1].equals("3") || Integer.parseInt(numbers[2]) < OLDEST_MINOR) {
            throw new SandboxUnavailableException("%s is Python %s.".formatted(candidate, version), REMEDY);
        }
        List<Path> library = answers.stream()
                .skip(2)
                .filter(line -> !line.isBlank())
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        for (Path directory : library) {
            OpenToJobs.check(directory);
        }
        return new PythonRuntime(Path.of(answers.get(1)).toRealPath(), version, library);
    }

    @Override
    public Language language() {
        return Language.PYTHON;
    }

    @Override
    public List<String> launcher(SandboxFiles files) {
        LauncherPlaces places = files.places(language());
        return List.of(
                program.toString(),
                "-I",
                "-S",
                "-B",
                "-X",
                "utf8",
                files.pythonWrapper().toString(),
                files.library().toString(),
                places.socket().toString(),
                places.jobs().toString(),
                "-");
    }

    @Override
    public List<String> permissions(SandboxFiles files) {
        var options = new ArrayList<String>();
        library.forEach(place ->
                options.addAll(List.of(Files.isDirectory(place) ? "--read-tree" : "--read", place.toString())));
        if (Files.isDirectory(TIME_ZONES)) {
            options.addAll(List.of("--read-tree", TIME_ZONES.toString()));
        }
        return options;
    }

    @Override
    public List<String> arguments(SandboxFiles files) {
        return List.of();
    }

    @Override
    public String argument(MemorySize memory) {
        return Long.toString(memory.dataBytes());
    }
}
