package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One session with the demo location's database, through a tunnel: it asks five times a second which server process it has. */
final class DatabaseSession implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int MOST_LOOKS = 600;
    /** The CLI's, before psql says anything. */
    private static final String ANNOUNCEMENT = "postgres is reachable at 127.0.0.1:";

    private final Path said;
    private final Process process;

    private DatabaseSession(Path said, Process process) {
        this.said = said;
        this.process = process;
    }

    static DatabaseSession open(ComposePlatform platform, Path directory) throws Exception {
        Path script = Files.writeString(directory.resolve("session.sql"), "select pg_backend_pid() \\watch 0.2\n");
        Path said = directory.resolve("session.txt");
        ProcessBuilder builder = new ProcessBuilder(platform.command(
                        "tcp",
                        "postgres",
                        "--exec",
                        "exec psql -AtX postgresql://demo:demo@{host}:{port}/demo -f " + script))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(platform.shell().environment());
        var session = new DatabaseSession(said, builder.start());
        session.awaitMoreThan(0);
        return session;
    }

    private void awaitMoreThan(int answers) throws Exception {
        for (int look = 0; look < MOST_LOOKS && answers().size() <= answers; look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private List<String> answers() throws Exception {
        return Files.readString(said)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(ANNOUNCEMENT))
                .toList();
    }

    /** Every answer came from one and the same process of the server, and more come. */
    void assertThatItWentOn(int leastAnswers) throws Exception {
        assertThat(process.isAlive()).as("the session goes on").isTrue();
        List<String> answers = answers();
        assertThat(Set.copyOf(answers)).as("one session, and no complaint").hasSize(1);
        assertThat(answers).hasSizeGreaterThan(leastAnswers);
        awaitMoreThan(answers.size());
        assertThat(answers()).as("still").hasSizeGreaterThan(answers.size());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroyForcibly().onExit().join();
    }
}
