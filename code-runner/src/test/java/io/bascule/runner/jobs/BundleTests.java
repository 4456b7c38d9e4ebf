package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.bundles.Archive;
import io.bascule.runner.bundle.TestBundles;
import io.bascule.runner.bundle.TestTar;
import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.NotBuilt;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.SandboxLevel;
import io.bascule.runner.sandbox.TestSandbox;
import io.bascule.testsupport.PackageRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of several files with dependencies, at each level of the sandbox that this machine has. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(180)
class BundleTests {

    @TempDir
    private Path directory;

    private final Map<SandboxLevel, TestRunner> runners = new EnumMap<>(SandboxLevel.class);
    private PackageRegistry registry;

    @BeforeAll
    void start() throws Exception {
        registry = new PackageRegistry();
        for (SandboxLevel level : SandboxLevel.values()) {
            if (level.compareTo(TestSandbox.highestLevel()) <= 0) {
                runners.put(level, new TestRunner(level, 2, registry));
            }
        }
    }

    @AfterAll
    void stop() {
        runners.values().forEach(TestRunner::close);
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({"CONFINED", "NAMESPACED"})
    void aBundleInJavaScriptUsesItsFilesAndItsPackages(SandboxLevel level) throws Exception {
        String outer = registry.npmPackage(
                "outer",
                new TestTar()
                        .file("package/package.json", "{\"main\": \"lib/main.js\"}")
                        .file("package/lib/main.js", "module.exports = (n) => require('inner').twice(n);")
                        .gzip());
        String inner = registry.npmPackage(
                "inner",
                new TestTar()
                        .file("x/index.js", "exports.twice = (n) => 2 * n;")
                        .gzip());
        Archive bundle = TestBundles.archive(Map.of(
                "index.js", "const more = require('./lib/more'); exports.handler = ({ n }) => more(n);",
                "lib/more.js", "const outer = require('outer'); module.exports = (n) => outer(n) + 1;",
                "package-lock.json", PackageRegistry.lock(outer, inner)));

        assertThat(run(level, Language.JAVASCRIPT, bundle, "index.js")).isEqualTo(new Succeeded("43"));
    }

    /** Other workspaces' functions may read the same files, and who runs the job may own them. */
    @ParameterizedTest
    @CsvSource({"CONFINED", "NAMESPACED"})
    void aSharedFileKeepsItsModeAndItsTimes(SandboxLevel level) throws Exception {
        String shared = registry.npmPackage(
                "shared", new TestTar().file("x/index.js", "exports.n = 1;").gzip());
        String change = """
                const fs = require('node:fs');
                const change = (path) => {
                  const opened = fs.openSync(path, 'r');
                  fs.fchmodSync(opened, 0);
                  fs.futimesSync(opened, 1, 1);
                  const now = fs.fstatSync(opened);
                  return [now.mode & 0o777, now.mtimeMs === 1000];
                };
                """;
        Archive bundle = TestBundles.archive(Map.of(
                "index.js",
                change
                        + "exports.handler = () => [...change(require.resolve('shared')), ...change(__dirname).slice(1)];",
                "package-lock.json",
                PackageRegistry.lock(shared)));

        assertThat(run(level, Language.JAVASCRIPT, bundle, "index.js")).isEqualTo(new Succeeded("[420,false,false]"));
        assertThat(run(level, Language.JAVASCRIPT, bundle, "index.js"))
                .as("again")
                .isEqualTo(new Succeeded("[420,false,false]"));
        Path own = Files.writeString(directory.resolve("own"), "");
        assertThat(Control.result(directory, change + "const handler = change;", "\"" + own + "\""))
                .as("control")
                .isEqualTo("[0,true]");
    }

    @ParameterizedTest
    @CsvSource({"CONFINED", "NAMESPACED"})
    void aModuleOfABundleImportsModules(SandboxLevel level) throws Exception {
        String twice = registry.npmPackage(
                "twice",
                new TestTar()
                        .file("x/package.json", "{\"type\": \"module\", \"exports\": \"./index.js\"}")
                        .file("x/index.js", "export const twice = (n) => 2 * n;")
                        .gzip());
        Archive bundle = TestBundles.archive(Map.of(
                "src/main.mjs",
                "import { twice } from 'twice'; export const handler = async ({ n }) => twice(n);",
                "package-lock.json",
                PackageRegistry.lock(twice)));

        assertThat(run(level, Language.JAVASCRIPT, bundle, "src/main.mjs")).isEqualTo(new Succeeded("42"));
    }

    @ParameterizedTest
    @CsvSource({"CONFINED", "NAMESPACED"})
    void aBundleInPythonUsesItsFilesAndItsPackages(SandboxLevel level) throws Exception {
        String requirements = registry.wheel(
                "twice", "py3-none-any", new TreeMap<>(Map.of("twice/__init__.py", "def twice(n): return 2 * n")));
        Archive bundle = TestBundles.archive(Map.of(
                "main.py", "import more\ndef handler(input, context): return more.more(input['n'])",
                "more.py", "from twice import twice\ndef more(n): return twice(n) + 1",
                "requirements.txt", requirements));

        assertThat(run(level, Language.PYTHON, bundle, "main.py")).isEqualTo(new Succeeded("43"));
    }

    @ParameterizedTest
    @CsvSource({"CONFINED,JAVASCRIPT", "NAMESPACED,JAVASCRIPT", "CONFINED,PYTHON", "NAMESPACED,PYTHON"})
    void anErrorIsToldInTheBundlesOwnFilesAndLines(SandboxLevel level, Language language) throws Exception {
        boolean python = language == Language.PYTHON;
        Archive bundle = python
                ? TestBundles.archive(Map.of(
                        "main.py", "import lib.deep\ndef handler(input, context): lib.deep.fall()",
                        "lib/deep.py", "def fall():\n    raise ValueError('down')"))
                : TestBundles.archive(Map.of(
                        "index.js", "exports.handler = () => require('./lib/deep').fall();",
                        "lib/deep.js", "exports.fall = () => {\n  throw new RangeError('down');\n};"));

        JobOutcome outcome = run(level, language, bundle, python ? "main.py" : "index.js");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.stack())
                                .contains(python ? "\"lib/deep.py\", line 2" : "lib/deep.js:2:9")
                                .doesNotContain("/bundle", "/app/"));
    }

    @ParameterizedTest
    @CsvSource({"CONFINED,JAVASCRIPT", "NAMESPACED,JAVASCRIPT", "CONFINED,PYTHON", "NAMESPACED,PYTHON"})
    void aJobChangesNothingOfItsBundleAndSeesNoOther(SandboxLevel level, Language language) throws Exception {
        boolean python = language == Language.PYTHON;
        Archive other = python
                ? TestBundles.archive(Map.of("main.py", "def handler(i, c): return 'other'"))
                : TestBundles.archive(Map.of("index.js", "exports.handler = () => 'other';"));
        String main = python ? "main.py" : "index.js";
        assertThat(run(level, language, other, main)).isEqualTo(new Succeeded("\"other\""));
        Archive bundle = TestBundles.archive(Map.of(main, resource(python ? "changing.py" : "changing.js")));

        assertThat(run(level, language, bundle, main)).isEqualTo(new Succeeded("[\"read\",\"list\"]"));
    }

    @ParameterizedTest
    @CsvSource({"CONFINED"})
    void whyABundleCannotBeBuiltIsTheOutcomeAndTheSpaceIsFreeAgain(SandboxLevel level) throws Exception {
        Archive bundle = TestBundles.archive(Map.of(
                "index.js",
                "1",
                "package-lock.json",
                PackageRegistry.lock("\"node_modules/a\": {\"resolved\": \"file:x\"}")));

        for (int times = 0; times < 3; times++) {
            assertThat(run(level, Language.JAVASCRIPT, bundle, "index.js"))
                    .isInstanceOfSatisfying(NotBuilt.class, not -> {
                        assertThat(not.message()).startsWith("package-lock.json:2: node_modules/a");
                        assertThat(not.passing()).isFalse();
                    });
        }
        assertThat(runner(level).spaces.remaining()).isEqualTo(2);
        assertThat(runner(level).leftovers()).isEmpty();
    }

    @Test
    void aBundleThatIsAskedForAgainAndAgainHasAProcessReady() throws Exception {
        Archive bundle = TestBundles.archive(Map.of("index.js", "exports.handler = ({ n }) => n;"));
        Archive other = TestBundles.archive(Map.of("index.js", "exports.handler = () => 'other';"));
        try (var runner = new TestRunner(new RefillPolicy(1, 2))) {
            for (int n = 0; n < 6; n++) {
                runner.runBundle(Language.JAVASCRIPT, new Code.Files(bundle, "index.js"), "{\"n\":21}");
            }
            WarmPool pool = runner.pools.of(Language.JAVASCRIPT).orElseThrow();
            assertThat(pool.awaitReady(2, Duration.ofSeconds(60))).isTrue();

            var ran = runner.runBundle(Language.JAVASCRIPT, new Code.Files(bundle, "index.js"), "{\"n\":21}");
            var another = runner.runBundle(Language.JAVASCRIPT, new Code.Files(other, "index.js"), "{}");

            assertThat(ran.warm()).isTrue();
            assertThat(ran.outcome()).isEqualTo(new Succeeded("21"));
            assertThat(another.warm()).as("of another bundle").isFalse();
            assertThat(another.outcome()).isEqualTo(new Succeeded("\"other\""));
        }
    }

    private TestRunner runner(SandboxLevel level) {
        return Objects.requireNonNull(runners.get(level));
    }

    private static String resource(String name) throws IOException {
        try (var content = Objects.requireNonNull(BundleTests.class.getResourceAsStream("/bundles/" + name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JobOutcome run(SandboxLevel level, Language language, Archive archive, String main) {
        assumeTrue(runners.containsKey(level), "no namespaces here");
        Attacks.assumeThereIs(language);
        return runner(level)
                .runBundle(language, new Code.Files(archive, main), "{\"n\":21}")
                .outcome();
    }
}
