package io.bascule.runner.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that has a sandbox with a process in each language: its directory, and its control groups where there are any. */
final class SandboxHolder {

    private SandboxHolder() {}

    public static void main(String... arguments) throws IOException {
        LauncherSandbox sandbox = TestSandbox.start(TestSandbox.highestLevel());
        for (Language language : sandbox.languages()) {
            sandbox.start(language, new MemorySize(192), null);
        }
        List<Path> places = Stream.concat(Stream.of(TestSandbox.root(sandbox)), sandbox.cgroups().stream())
                .toList();
        HoldingProgram.hold(places);
        sandbox.stop();
    }
}
