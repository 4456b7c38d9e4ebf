package io.bascule.cli.function;

import io.bascule.cli.api.Answer;
import io.bascule.cli.api.Api;
import io.bascule.cli.api.Call;
import io.bascule.cli.api.CommandFailure;
import io.bascule.cli.api.ExitCode;
import io.bascule.cli.output.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version of a function from a file, and the function with it where there is none yet. */
@Command(name = "deploy", description = "Make a new version of a function; the first one makes the function.")
public final class DeployFunctionCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "NAME")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "JavaScript (.js, .mjs, .cjs) or Python (.py).")
    private Path file = Path.of("");

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "1 to 900; 30 unless given.")
    private int timeout;

    @Option(names = "--memory", paramLabel = "MIB", description = "96 to 1024; 256 unless given.")
    private int memory;

    @Option(
            names = "--egress",
            paramLabel = "HOST",
            description = "A host it may reach, such as api.example.com or *.example.com:8443; can be repeated.")
    private List<String> egress = List.of();

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "A secret that it may read as context.secrets.NAME; can be repeated.")
    private List<String> secrets = List.of();

    @Option(
            names = "--resource",
            paramLabel = "NAME",
            description = "A resource that it may reach by context.resource('NAME'); can be repeated.")
    private List<String> resources = List.of();

    public DeployFunctionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> version = version();
        Api api = Api.signedIn(shell.environment());
        Answer answer = isNew(api)
                ? api.send(Call.post("/functions", with(version, Map.of("name", name, "runtime", runtime()))))
                : api.send(Call.post("/functions/%s/versions".formatted(Call.segment(name)), version));
        shell.say("Deployed %s, version %s"
                .formatted(name, answer.body().path("latestVersion").asString()));
        return ExitCode.OK;
    }

    private boolean isNew(Api api) {
        try {
            api.send(Call.get("/functions/" + Call.segment(name)));
            return false;
        } catch (CommandFailure missing) {
            if (missing.exitCode() == ExitCode.NOT_FOUND) {
                return true;
            }
            throw missing;
        }
    }

    private Map<String, Object> version() throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailure(ExitCode.USAGE, "%s: there is no such file".formatted(file));
        }
        Map<String, Object> version = new TreeMap<>(Map.of("source", Files.readString(file), "egress", egress));
        if (!secrets.isEmpty()) {
            version.put("secrets", secrets);
        }
        if (!resources.isEmpty()) {
            version.put("resources", resources);
        }
        if (timeout != 0) {
            version.put("timeoutSeconds", timeout);
        }
        if (memory != 0) {
            version.put("memoryMib", memory);
        }
        return version;
    }

    private String runtime() {
        return file.toString().endsWith(".py") ? "python" : "javascript";
    }

    private static Map<String, Object> with(Map<String, Object> version, Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(version);
        all.putAll(more);
        return all;
    }
}
