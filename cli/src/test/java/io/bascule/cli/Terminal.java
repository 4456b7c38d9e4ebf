package io.bascule.cli;

import io.bascule.cli.output.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where commands are typed, before a platform that the test answers for. What they say adds up. */
final class Terminal implements AutoCloseable {

    private final FakeApi api = new FakeApi();
    private final Map<String, String> environment;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Nobody is signed in. */
    Terminal(Path home) throws IOException {
        environment = new HashMap<>(Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    void signIn() {
        environment.putAll(Map.of("BASCULE_URL", api.url(), "BASCULE_TOKEN", "bsc_pat_secret"));
    }

    FakeApi api() {
        return api;
    }

    Map<String, String> environment() {
        return environment;
    }

    int run(String... arguments) {
        return runWith("", arguments);
    }

    /** The input is what the command reads. */
    int runWith(String input, String... arguments) {
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment);
        return Bascule.run(shell, arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        api.close();
    }
}
