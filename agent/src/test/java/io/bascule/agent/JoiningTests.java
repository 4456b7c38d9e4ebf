package io.bascule.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From a join token to a member of a platform, and what a bad token ends in. */
@SuppressWarnings("NullAway.Init")
class JoiningTests {

    @TempDir
    private Path directory;

    private TestPlatform platform;
    private FakeBridge bridge;

    @BeforeEach
    void aPlatform() throws Exception {
        platform = new TestPlatform();
        bridge = platform.startBridge("bridge-0");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void anAgentJoinsOnceAndNeedsNoTokenAfterwards() throws Exception {
        try (RunningAgent first = start(TestPlatform.TOKEN)) {
            assertThat(first.id()).isEqualTo(platform.agent);
            assertThat(bridge.nextHello().getInstance()).isNotBlank();
        }
        try (RunningAgent second = start(null)) {
            assertThat(second.id()).isEqualTo(platform.agent);
            bridge.nextHello();
        }
        assertThat(platform.joins).hasValue(1);
    }

    @Test
    void whatItKeepsIsReadableByItsOwnerOnly() throws Exception {
        start(TestPlatform.TOKEN).close();

        try (Stream<Path> files = Files.list(directory.resolve("state"))) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("state"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aPlatformThatIsNotReadyIsAskedAgain() throws Exception {
        platform.notReadyFor.set(2);

        start(TestPlatform.TOKEN).close();

        assertThat(platform.joins).hasValue(3);
    }

    @Test
    void joiningCanBeGivenUp() throws Exception {
        platform.close();
        CountDownLatch givenUp = new CountDownLatch(1);
        Thread.ofVirtual().start(givenUp::countDown);

        assertThat(RunningAgent.start(settings(TestPlatform.TOKEN), givenUp)).isEmpty();
    }

    @Test
    void aUsedTokenEndsInOneClearLineAndExitCodeThree() {
        Outcome outcome = run("--join-token", TestPlatform.USED_TOKEN);

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.lines()).containsExactly("agent: join-token-used: Make a new one.");
    }

    @Test
    void withoutATokenItSaysHowToGetOne() {
        Outcome outcome = run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.lines()).hasSize(1).first().asString().contains("--join-token", "BASCULE_JOIN_TOKEN");
    }

    @Test
    void aSpoiltStateDirectoryIsNamedWithTheRemedy() throws Exception {
        start(TestPlatform.TOKEN).close();
        Files.writeString(directory.resolve("state/identity.json"), "spoilt");

        Outcome outcome = run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines()).hasSize(1).first().asString().contains("state", "join again");
    }

    @Test
    void anApiThatIsNoUrlIsWrongUsage() {
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new RunCommand())
                .setErr(new PrintWriter(err))
                .execute("--api", "ftp://x", "--state-dir", directory.toString(), "--join-token", "t");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("http or https");
    }

    @Test
    void aKindOfLegThatThereIsNotEndsInOneClearLineBeforeItJoins() {
        System.setProperty("bascule.tunnel.leg", "fast");
        try {
            Outcome outcome = run("--join-token", TestPlatform.TOKEN);

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.lines())
                    .containsExactly("agent: bascule.tunnel.leg: fast (expected: auto, grpc or raw)");
            assertThat(platform.joins).hasValue(0);
        } finally {
            System.clearProperty("bascule.tunnel.leg");
        }
    }

    private RunningAgent start(@org.jspecify.annotations.Nullable String token) throws Exception {
        return RunningAgent.start(settings(token), new CountDownLatch(1)).orElseThrow();
    }

    private AgentSettings settings(@org.jspecify.annotations.Nullable String token) {
        return AgentSettings.of(platform.url(), token, directory.resolve("state"));
    }

    private Outcome run(String... more) {
        StringWriter err = new StringWriter();
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--api",
                                platform.url().toString(),
                                "--state-dir",
                                directory.resolve("state").toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        int exitCode = new CommandLine(new RunCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(exitCode, err.toString().lines().toList());
    }

    private record Outcome(int exitCode, List<String> lines) {}
}
