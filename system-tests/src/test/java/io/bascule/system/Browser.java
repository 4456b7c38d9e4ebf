package io.bascule.system;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Chromium that goes the paths of {@code web-ui/e2e} at a platform, one after the other. */
final class Browser implements AutoCloseable {

    private static final Path FOLDER = Checkout.root().resolve("web-ui");
    private static final Duration MOST = Duration.ofMinutes(8);

    private final Process driver;
    private final BufferedWriter wishes;
    private final Output output;

    private Browser(Process driver) {
        this.driver = driver;
        this.wishes = driver.outputWriter();
        this.output = Output.of(driver.getInputStream());
    }

    /** Whether this machine has a Chromium; what to do about it when not is printed. */
    static boolean isInstalled() throws IOException, InterruptedException {
        return new ProcessBuilder("node", "e2e/chromium.mjs")
                        .directory(FOLDER.toFile())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    static Browser at(Platform platform) throws IOException {
        ProcessBuilder driver = new ProcessBuilder("node", "e2e/run.mjs", "-")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true);
        driver.environment()
                .putAll(Map.of(
                        "BASCULE_URL", platform.printed("URL"),
                        "BASCULE_USERNAME", platform.printed("User"),
                        "BASCULE_PASSWORD", platform.printed("Password"),
                        "BASCULE_HOME", platform.home().toString(),
                        "BASCULE_PROGRAM", String.join(" ", Checkout.bascule())));
        return new Browser(driver.start());
    }

    /** Goes a path; fails with all that was wrong on the way and what was seen last. */
    void walk(String path) throws IOException, InterruptedException {
        wishes.write(path + "\n");
        wishes.flush();
        List<String> verdicts = List.of("passed " + path, "failed " + path);
        String verdict = output.await(verdicts::contains, MOST);
        String told = output.text()
                .lines()
                .filter(line -> line.startsWith(path + ": "))
                .collect(Collectors.joining("\n"));
        System.out.println(told.lines().toList().getLast());
        if (verdict.startsWith("failed")) {
            throw new AssertionError(told);
        }
    }

    /** Asks it to leave, and sees that nothing of it stays. */
    @Override
    public void close() throws IOException {
        wishes.close();
        driver.onExit()
                .orTimeout(1, TimeUnit.MINUTES)
                .exceptionally(_ -> driver)
                .join();
        driver.descendants().forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly();
    }
}
