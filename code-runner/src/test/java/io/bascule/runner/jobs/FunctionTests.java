package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author of functions can rely on. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class FunctionTests {

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(TestSandbox.highestLevel(), 2, 2);
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "function handler(input) { return { sum: input.a + input.b }; }",
                "async function handler({ a, b }) { await new Promise((r) => setTimeout(r, 5)); return { sum: a + b }; }",
                "const handler = (input) => ({ sum: input.a + input.b });",
                "exports.handler = (input) => ({ sum: input.a + input.b });",
                "module.exports = async (input) => ({ sum: input.a + input.b });",
                "export function handler(input) { return { sum: input.a + input.b }; }",
                "import { equal } from 'node:assert';\nexport default async (i) => { equal(i.a, 2); return { sum: i.a + i.b }; };"
            })
    void aHandlerMayBeWrittenInAnyCommonForm(String source) {
        assertThat(runner.result(source, "{\"a\":2,\"b\":40}")).isEqualTo("{\"sum\":42}");
    }

    @Test
    void aHandlerThatReturnsNothingReturnsNull() {
        assertThat(runner.result("function handler() {}", "1")).isEqualTo("null");
    }

    @Test
    void anErrorComesWithItsStackInTheFunctionsOwnLines() {
        var ran = runner.run("""
                function handler(input) {
                  return inner(input);
                }
                function inner(input) {
                  throw new RangeError('too far: ' + input.n);
                }
                """, "{\"n\":7}");

        assertThat(ran.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.name()).isEqualTo("RangeError");
            assertThat(failed.message()).isEqualTo("too far: 7");
            assertThat(failed.stack().lines())
                    .element(1)
                    .asString()
                    .contains("inner")
                    .contains("function.js:5:9");
            assertThat(failed.stack())
                    .contains("function.js:2:10")
                    .doesNotContain("wrapper")
                    .doesNotContain("/jobs/");
        });
    }

    @Test
    void theStackOfAModuleShowsNoPathOfTheMachine() {
        assertThat(runner.run("export async function handler() {\n  throw new Error('here');\n}")
                        .outcome())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.stack())
                                .contains("function.mjs:2:9")
                                .doesNotContain("file:")
                                .doesNotContain("/jobs/"));
    }

    @Test
    void aSyntaxErrorNamesItsLine() {
        assertThat(runner.run("function handler() {\n  return 1 +;\n}").outcome())
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.name()).isEqualTo("SyntaxError");
                    assertThat(failed.stack()).contains("function.js:2");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                type Input = { a: number };
                const handler = (input: Input): number => {
                  if (input.a < 0) throw new RangeError(`less: ${input.a}` as string);
                  return input.a satisfies number;
                };
                """, """
                import { type Buffer } from 'node:buffer';
                export async function handler(input: { a: number }, context: object): Promise<number> {
                  if (input.a < 0) throw new RangeError('less: ' + input.a!);
                  return input.a;
                }
                """})
    void typesOfTypeScriptAreErasedAndLinesStayWhereNodeCan(String source) {
        if (!erasesTypes()) {
            assertThat(runner.run(source, "{}").outcome())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.message()).contains("Node 22.13 and newer"));
            return;
        }
        var ran = runner.run(source, "{\"a\":-1}");

        assertThat(runner.result(source, "{\"a\":41}")).isEqualTo("41");
        assertThat(ran.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.message()).isEqualTo("less: -1");
            assertThat(failed.stack())
                    .containsPattern("function\\.m?js:3:\\d+")
                    .doesNotContain("erased")
                    .doesNotContain("/jobs/");
        });
    }

    @Test
    void whatIsWrongInTypeScriptIsToldByItsLine() {
        var unclear = runner.run("const handler = (input: object) => {\n  return 1 +;\n}");
        var notErasable = runner.run("const handler = () => 1;\nenum Level { LOW }");

        String told = erasesTypes() ? "as TypeScript, line 2: " : "Node 22.13 and newer";
        assertThat(unclear.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains(told));
        assertThat(notErasable.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.stack()).contains("function.js:2"));
    }

    /** Whether the runtime that is tested is new enough. */
    private boolean erasesTypes() {
        String source = "const handler = () => typeof require('node:module').stripTypeScriptTypes === 'function';";
        return Boolean.parseBoolean(runner.result(source, "1"));
    }

    @Test
    void anErrorThatNobodyAwaitsFailsTheFunction() {
        assertThat(runner.run("""
                                async function handler() {
                                  Promise.reject(new Error('forgotten'));
                                  await new Promise((resolve) => setTimeout(resolve, 5000));
                                }
                                """).outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).isEqualTo("forgotten"));
    }

    @Test
    void aPromiseThatCanNeverSettleIsSaidSo() {
        assertThat(runner.run("const handler = () => new Promise(() => {});").outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("never settled"));
    }

    @Test
    void whatIsNotAHandlerIsSaidSo() {
        assertThat(runner.run("exports.answer = 42;").outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("export a function `handler"));
    }

    @Test
    void whatCannotBeJsonIsSaidSo() {
        assertThat(runner.run("const handler = () => { const a = {}; a.a = a; return a; };")
                        .outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("cannot be written as JSON"));
    }

    @Test
    void aProcessThatEndsItselfFails() {
        assertThat(runner.run("const handler = () => process.exit(3);").outcome())
                .isEqualTo(new Failed(
                        "ProcessEnded", "The process ended with exit code 3 before the handler returned.", ""));
    }

    @Test
    void theConsoleIsTheLogAndEachLineHasItsLevel() {
        var ran = runner.run("""
                function handler() {
                  console.log('one', { two: 2 });
                  console.debug('%d%%', 50);
                  console.warn('careful');
                  console.error(new Error('bad').message);
                  process.stdout.write('straight\\n');
                  console.table([{ a: 1 }]);
                  return 'done';
                }
                """);

        assertThat(ran.outcome()).isEqualTo(new Succeeded("\"done\""));
        assertThat(ran.log())
                .contains("INFO one { two: 2 }", "DEBUG 50%", "WARN careful", "ERROR bad", "INFO straight")
                .anySatisfy(line -> assertThat(line).contains("│ (index) │ a │"));
        assertThat(ran.report().logBytes()).isPositive();
    }

    @Test
    void theContextTellsTheJobAndItsDeadline() {
        assertThat(runner.result("""
                        const handler = (input, context) => {
                          const left = context.remainingMillis();
                          return [context.job.startsWith('job-'), context.function, context.version,
                            left > 15000 && left <= 20000, Date.parse(context.deadline) > Date.now(), Object.isFrozen(context)];
                        };
                        """, "{}")).isEqualTo("[true,\"test\",1,true,true,true]");
    }

    @Test
    void ordinaryLibrariesOfTheRuntimeWork() {
        assertThat(runner.result("""
                        const fs = require('node:fs/promises');
                        const { createHash, randomUUID } = require('node:crypto');
                        const { gzipSync } = require('node:zlib');
                        const { Worker } = require('node:worker_threads');
                        const path = require('node:path');
                        const os = require('node:os');
                        async function handler(input) {
                          const file = path.join(os.tmpdir(), 'note.txt');
                          await fs.writeFile(file, input.text);
                          const worker = new Worker("require('worker_threads').parentPort.postMessage(6 * 7)", { eval: true });
                          const fromWorker = await new Promise((resolve) => worker.on('message', resolve));
                          return [await fs.readFile(file, 'utf8'), createHash('sha256').update('').digest('hex').slice(0, 8),
                            randomUUID().length, gzipSync('x'.repeat(1000)).length < 50, fromWorker,
                            process.memoryUsage().rss > 1e7, Object.keys(process.env).sort()];
                        }
                        """, "{\"text\":\"grün\"}"))
                .isEqualTo("[\"grün\",\"e3b0c442\",36,true,42,true,[\"HOME\",\"TMPDIR\"]]");
    }

    @Test
    void aProcessServesOneJobOnly() {
        String source = "globalThis.calls = (globalThis.calls ?? 0) + 1; const handler = () => globalThis.calls;";

        assertThat(runner.result(source, "{}")).isEqualTo("1");
        assertThat(runner.result(source, "{}")).isEqualTo("1");
    }

    @Test
    void largeInputsAndSourcesArriveWhole() {
        String input = "\"" + "ä".repeat(400_000) + "\"";
        String source = "// " + "x".repeat(1_000_000) + "\nconst handler = (input) => input.length;";

        assertThat(runner.result(source, input)).isEqualTo("400000");
    }
}
