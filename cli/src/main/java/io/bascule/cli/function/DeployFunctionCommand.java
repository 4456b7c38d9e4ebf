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
import tools.jackson.databind.JsonNode;

/** Makes a version of a function from a file or a directory, and the function with it where there is none yet. */
@Command(name = "deploy", description = "Make a new version of a function; the first one makes the function.")
public final class DeployFunctionCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(
            arity = "1..2",
            paramLabel = "[NAME] PATH",
            hideParamSyntax = true,
            description = {
                "A file in JavaScript or TypeScript (.js, .mjs, .cjs, .ts) or Python (.py), or a directory with such files"
                        + " and, if it has dependencies, package-lock.json or requirements.txt.",
                "Without NAME the function is called as the directory."
            })
    private List<String> target = List.of();

    @Option(
            names = "--main",
            paramLabel = "FILE",
            description =
                    "Which file of the directory has the handler; what package.json says, index.js or main.py unless given.")
    private String main = "";

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

    @Option(
            names = "--no-live",
            description = "Leave live at the version that it is, so that this one runs only where it is named.")
    private boolean heldBack;

    public DeployFunctionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Path path = Path.of(target.getLast());
        String name = target.size() > 1 ? target.getFirst() : nameOf(path);
        LocalCode code = LocalCode.read(path, main);
        Map<String, Object> version = version(code);
        Api api = Api.signedIn(shell.environment());
        Answer answer = isNew(api, name)
                ? api.send(Call.post("/functions", with(version, Map.of("name", name, "runtime", code.runtime()))))
                : api.send(Call.post(
                        "/functions/%s/versions".formatted(Call.segment(name)),
                        heldBack ? with(version, Map.of("live", false)) : version));
        shell.say("Deployed %s, version %s%s"
                .formatted(name, answer.body().path("latestVersion").asString(), standing(answer.body())));
        return ExitCode.OK;
    }

    /** What to know about live where it is not as one would think: at the first version it always is. */
    private String standing(JsonNode function) {
        String live = function.path("liveVersion").asString("");
        if (!heldBack) {
            return "";
        }
        return live.equals(function.path("latestVersion").asString())
                ? "; it is live, since there is no other"
                : "; live is version " + live;
    }

    private static boolean isNew(Api api, String name) {
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

    private static String nameOf(Path path) {
        if (!Files.isDirectory(path)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s is no directory: say which function, as in fn deploy NAME FILE".formatted(path));
        }
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    private Map<String, Object> version(LocalCode code) {
        Map<String, Object> version = new TreeMap<>(code.fields());
        version.put("egress", egress);
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

    private static Map<String, Object> with(Map<String, Object> version, Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(version);
        all.putAll(more);
        return all;
    }
}
