package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * A function that speaks for its wrapper. It shares the wrapper's process, so it can say anything on its own channel;
 * what it says counts for its own result, in bounds, and nowhere else.
 */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class ChannelAttackTests {

    private static final String FRAME = """
            const fs = require('node:fs');
            const frame = (type, body) => {
              const head = Buffer.alloc(5);
              head[0] = type;
              head.writeUInt32BE(body.length, 1);
              return Buffer.concat([head, Buffer.from(body)]);
            };
            """;

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(TestSandbox.highestLevel(), 2, 2);
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void aForgedResultIsTheFunctionsOwnResultAndEndsIt() {
        var ran = runner.run(FRAME + """
                function handler() {
                  fs.writeSync(3, frame(0x12, '"forged"'));
                  for (;;) {}
                }
                """);

        assertThat(ran.outcome()).isEqualTo(new Succeeded("\"forged\""));
        assertThat(runner.spaces.remaining()).isEqualTo(2);
    }

    @Test
    void aForgedResultMustBeJsonLikeAnyOther() {
        assertThat(runner.run(FRAME + "function handler() { fs.writeSync(3, frame(0x12, '{\"a\":1} {')); }")
                        .outcome())
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.name()).isEqualTo("InvalidResult");
                    assertThat(failed.message()).contains("something follows the first value");
                });
    }

    @Test
    void invalidUtf8IsNoResult() {
        assertThat(runner.run(FRAME + "function handler() { fs.writeSync(3, frame(0x12, [0x22, 0xc3, 0x28, 0x22])); }")
                        .outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("not UTF-8"));
    }

    @Test
    void invalidUtf8InTheLogIsReplaced() {
        var ran = runner.run(FRAME + """
                function handler() {
                  fs.writeSync(3, frame(0x11, [1, 0x61, 0xff, 0x62]));
                  fs.writeSync(1, Buffer.from([0x63, 0xc3, 0x28, 0x0a]));
                  return null;
                }
                """);

        assertThat(ran.outcome()).isEqualTo(new Succeeded("null"));
        assertThat(ran.log()).containsExactlyInAnyOrder("INFO a\uFFFDb", "INFO c\uFFFD(");
    }

    @Test
    void loneSurrogatesComeOutAsValidJson() {
        assertThat(runner.result("const handler = () => '\\ud800';", "0")).isEqualTo("\"\\ud800\"");
    }

    @Test
    void garbageOnTheChannelFailsTheJobWhateverItsLength() {
        for (String garbage : new String[] {
            "Buffer.from([0x77, 0, 0, 0, 0])",
            "Buffer.from([0x11, 0xff, 0xff, 0xff, 0xff])",
            "frame(0x11, [9, 1])",
            "frame(0x10, '')",
            "Buffer.alloc(100000, 0xee)"
        }) {
            assertThat(runner.run(FRAME + "function handler() { fs.writeSync(3, " + garbage + "); for (;;) {} }")
                            .outcome())
                    .as(garbage)
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.name()).isEqualTo("ChannelError"));
        }
    }

    @Test
    void aResultThatClaimsToBeHugeIsNotWaitedFor() {
        assertThat(runner.run("""
                                function handler() {
                                  require('fs').writeSync(3, Buffer.from([0x12, 0x7f, 0xff, 0xff, 0xff]));
                                  for (;;) {}
                                }
                                """).outcome()).isEqualTo(new HitLimit(LimitKind.OUTPUT, 1024 * 1024));
    }

    @Test
    void aChannelThatIsClosedOrReplacedLosesTheResultOnly() {
        var ran = runner.run("""
                const fs = require('node:fs');
                function handler() {
                  fs.closeSync(3);
                  fs.openSync('instead', 'w+');
                  for (;;) {}
                }
                """);

        assertThat(ran.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.name()).isEqualTo("ProcessEnded"));
        assertThat(runner.spaces.remaining()).isEqualTo(2);
    }

    @Test
    void replacedBuiltInsDoNotReachTheWrapper() {
        var ran = runner.run("""
                Object.prototype.toJSON = () => 'polluted';
                Object.prototype.length = 0;
                Array.prototype.map = Array.prototype.join = () => { throw new Error('replaced'); };
                String.prototype.replaceAll = String.prototype.split = () => 'replaced';
                Buffer.prototype.copy = Buffer.prototype.writeUInt32BE = () => { throw new Error('replaced'); };
                Buffer.alloc = Buffer.from = () => { throw new Error('replaced'); };
                JSON.stringify = JSON.parse = () => 'replaced';
                require('fs').writeSync = () => { throw new Error('replaced'); };
                process.exit = () => { throw new Error('replaced'); };
                const handler = () => 42;
                """);

        assertThat(ran.outcome()).isEqualTo(new Succeeded("42"));
    }

    @Test
    void deepJsonIsRefusedWithAReason() {
        String source = """
                function handler(depth) {
                  let value = 1;
                  for (let n = 0; n < depth; n++) value = [value];
                  return value;
                }
                """;

        assertThat(runner.run(source, "150").outcome()).isInstanceOf(Succeeded.class);
        assertThat(runner.run(source, "1000").outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("nesting depth"));
        assertThat(runner.run(source, "1000000").outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void anErrorOfAnySizeAndShapeIsToldInBounds() {
        assertThat(runner.run("function handler() { throw new Error('x'.repeat(10_000_000)); }")
                        .outcome())
                .isInstanceOf(Failed.class);
        assertThat(runner.run("function handler() { throw { get message() { throw new Error('no'); } }; }")
                        .outcome())
                .isInstanceOf(Failed.class);
        assertThat(runner.run("function handler() { throw null; }").outcome()).isInstanceOf(Failed.class);
        assertThat(runner.run(
                                "function handler() { const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw 1; } }); throw e; }")
                        .outcome())
                .isInstanceOf(Failed.class);
    }
}
