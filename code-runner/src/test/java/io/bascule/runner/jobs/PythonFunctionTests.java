package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsPython;
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

/** What an author of functions in Python can rely on. */
@NeedsSandbox
@NeedsPython
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class PythonFunctionTests {

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
                "def handler(input, context):\n  return {'sum': input['a'] + input['b']}",
                "def handler(input):\n  return {'sum': input['a'] + input['b']}",
                "handler = lambda input, context: {'sum': input['a'] + input['b']}",
                "import asyncio\nasync def handler(input, context):\n  await asyncio.sleep(0.005)\n  return {'sum': 42}",
                "class Add:\n  def __call__(self, i, c): return {'sum': i['a'] + i['b']}\nhandler = Add()"
            })
    void aHandlerMayBeWrittenInAnyCommonForm(String source) {
        assertThat(result(source, "{\"a\":2,\"b\":40}")).isEqualTo("{\"sum\":42}");
    }

    @Test
    void aHandlerThatReturnsNothingReturnsNull() {
        assertThat(result("def handler(i, c): pass", "1")).isEqualTo("null");
    }

    @Test
    void anErrorComesWithItsStackInTheFunctionsOwnLines() {
        var ran = run("""
                def handler(input, context):
                    return inner(input)

                def inner(input):
                    raise ValueError(f"too far: {input['n']}")
                """, "{\"n\":7}");

        assertThat(ran.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.name()).isEqualTo("ValueError");
            assertThat(failed.message()).isEqualTo("too far: 7");
            assertThat(failed.stack())
                    .contains("File \"function.py\", line 2, in handler")
                    .contains("File \"function.py\", line 5, in inner")
                    .contains("raise ValueError(")
                    .doesNotContain("wrapper")
                    .doesNotContain("/jobs/");
        });
    }

    @Test
    void aSyntaxErrorNamesItsLine() {
        assertThat(run("def handler(input, context):\n    return 1 +\n", "0").outcome())
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.name()).isEqualTo("SyntaxError");
                    assertThat(failed.stack()).contains("line 2");
                });
    }

    @Test
    void whatIsNotAHandlerIsSaidSo() {
        assertThat(run("answer = 42", "0").outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("define a function `handler"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{1, 2}", "float('nan')", "object()", "(lambda a: a.append(a) or a)([])"})
    void whatCannotBeJsonIsSaidSo(String value) {
        assertThat(run("def handler(i, c): return " + value, "0").outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.message()).contains("cannot be written as JSON"));
    }

    @Test
    void aProcessThatEndsItselfFails() {
        assertThat(run("import sys\ndef handler(i, c): sys.exit(3)", "0").outcome())
                .isEqualTo(new Failed(
                        "ProcessEnded", "The process ended with exit code 3 before the handler returned.", ""));
    }

    @Test
    void whatIsPrintedIsTheLogAndLoggingHasItsLevels() {
        var ran = run("""
                import logging, sys, threading
                def handler(input, context):
                    print('one', {'two': 2})
                    print('begun ', end='')
                    print('ended')
                    print('wrong', file=sys.stderr)
                    logging.getLogger('mine').warning('careful %d', 5)
                    thread = threading.Thread(target=lambda: print('from a thread'))
                    thread.start()
                    thread.join()
                    print('no newline', end='')
                    return 'done'
                """, "0");

        assertThat(ran.outcome()).isEqualTo(new Succeeded("\"done\""));
        assertThat(ran.log())
                .containsExactly(
                        "INFO one {'two': 2}",
                        "INFO begun ended",
                        "ERROR wrong",
                        "WARN careful 5",
                        "INFO from a thread",
                        "INFO no newline");
    }

    @Test
    void theContextTellsTheJobAndItsDeadline() {
        assertThat(result("""
                        from datetime import datetime, timezone
                        def handler(input, context):
                            left = context.remaining_millis()
                            return [context.job.startswith('job-'), context.function, context.version,
                                15000 < left <= 20000, datetime.fromisoformat(context.deadline) > datetime.now(timezone.utc)]
                        """, "{}")).isEqualTo("[true,\"test\",1,true,true]");
    }

    @Test
    void ordinaryLibrariesOfTheRuntimeWork() {
        assertThat(result("""
                        import concurrent.futures, hashlib, os, re, sqlite3, tempfile, uuid, zlib, ssl, zoneinfo, wave, asyncio
                        def handler(input, context):
                            with tempfile.NamedTemporaryFile('w+', encoding='utf-8') as file:
                                file.write(input['text'])
                                file.seek(0)
                                read = file.read()
                            database = sqlite3.connect('own.db')
                            database.execute('create table t (n)')
                            database.executemany('insert into t values (?)', [(n,) for n in range(10)])
                            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                                squares = sum(pool.map(lambda n: n * n, range(10)))
                            async def both():
                                return await asyncio.gather(asyncio.sleep(0.01, 1), asyncio.to_thread(lambda: 2))
                            return [read, hashlib.sha256(b'').hexdigest()[:8], len(str(uuid.uuid4())), squares,
                                database.execute('select sum(n) from t').fetchone()[0], len(zlib.compress(b'x' * 1000)) < 50,
                                asyncio.run(both()), sorted(os.environ), str(zoneinfo.ZoneInfo('Europe/Berlin'))]
                        """, "{\"text\":\"grün\"}"))
                .isEqualTo("[\"grün\",\"e3b0c442\",36,285,45,true,[1,2],[\"HOME\",\"TMPDIR\"],\"Europe/Berlin\"]");
    }

    @Test
    void aProcessServesOneJobOnlyAndDrawsItsOwnRandomNumbers() {
        String source = "import builtins, random\nbuiltins.calls = getattr(builtins, 'calls', 0) + 1\n"
                + "def handler(i, c): return [builtins.calls, random.random(), id(object())]";

        String first = result(source, "{}");
        assertThat(first).startsWith("[1,");
        assertThat(result(source, "{}")).startsWith("[1,").isNotEqualTo(first);
    }

    @Test
    void largeInputsAndSourcesArriveWhole() {
        String source = "# " + "x".repeat(1_000_000) + "\ndef handler(i, c): return len(i)";

        assertThat(result(source, "\"" + "ä".repeat(400_000) + "\"")).isEqualTo("400000");
    }

    @Test
    void loneSurrogatesComeOutAsValidJson() {
        assertThat(result("def handler(i, c): return '\\ud800'", "0")).isEqualTo("\"\\ud800\"");
    }

    private TestRunner.Ran run(String source, String input) {
        return runner.run(Language.PYTHON, source, input);
    }

    private String result(String source, String input) {
        return runner.result(Language.PYTHON, source, input);
    }
}
