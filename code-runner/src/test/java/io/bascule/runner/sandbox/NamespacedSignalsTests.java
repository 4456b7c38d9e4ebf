package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first of its own processes does not end by a signal's default, so that asking it to end takes more. */
@NeedsNamespaces
@Timeout(120)
class NamespacedSignalsTests {

    private static final int SIGKILL = 9;

    /** Nobody else ends it here, however long it takes. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void aRuntimeThatIsAskedToEndEnds(Language language) throws Exception {
        assumeTrue(language == Language.JAVASCRIPT || TestSandbox.hasPython(), "no Python that jobs may use");
        LauncherSandbox sandbox = TestSandbox.start(SandboxLevel.NAMESPACED);
        try (SandboxedProcess process = sandbox.start(language, new MemorySize(192), null)) {
            awaitReady(process);

            process.signal(ProcessSignal.TERMINATE);

            assertThat(process.awaitExit())
                    .returns(ProcessExit.Cause.SIGNAL, ProcessExit::cause)
                    .returns(SIGKILL, ProcessExit::number);
        } finally {
            sandbox.stop();
        }
    }

    /** The first that it says is that it waits: a head without a body. */
    private static void awaitReady(SandboxedProcess process) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(5);
        while (head.hasRemaining()) {
            assertThat(process.channel().read(head)).isNotNegative();
        }
    }
}
