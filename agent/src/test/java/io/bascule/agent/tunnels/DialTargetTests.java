package io.bascule.agent.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.ResetCode;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told when the agent itself cannot dial; refusals of the network's are in {@code ReachingTests}. */
@Timeout(60)
class DialTargetTests {

    @Test
    void withoutAFileDescriptorLeftTheClientIsToldSoAndHowToHelp(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Process program = new ProcessBuilder(
                            "sh",
                            "-c",
                            "ulimit -n 400; exec \"$0\" -cp \"$1\" io.bascule.agent.tunnels.WithoutDescriptors \"$2\" \"$3\"",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                            file.toString(),
                            String.valueOf(target.getLocalPort()))
                    .redirectError(Redirect.INHERIT) // Where a JVM tells which options it picked up.
                    .start();

            List<String> said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();

            assertThat(said).hasSize(3);
            assertThat(said.getFirst()).isEqualTo("connected");
            assertThat(Integer.parseInt(said.getLast())).as("files open").isPositive();
            assertThat(said.get(1))
                    .startsWith(ResetCode.INTERNAL_ERROR.value() + " the agent has as many open files as it may")
                    .contains("127.0.0.1:" + target.getLocalPort(), "ulimit -n");
        }
    }
}
