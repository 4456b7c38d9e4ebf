package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.bundle.TestBundles;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsPython;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/**
 * Packages as their authors published them. Needs the registries, so it runs only when it is asked for: {@code -Pregistries
 * -Dbascule.test.npm=https://registry.npmjs.org -Dbascule.test.pypi=https://pypi.org/simple}, or mirrors of them.
 */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Tag("registries")
@Timeout(300)
class GenuinePackagesTests {

    private static final String LOCK = """
            {"lockfileVersion": 3, "packages": {
              "": {"dependencies": {"debug": "4.3.4"}},
              "node_modules/debug": {
                "version": "4.3.4",
                "resolved": "https://registry.npmjs.org/debug/-/debug-4.3.4.tgz",
                "integrity": "sha512-PRWFHuSU3eDtQJPvnNY7Jcket1j0t5OuOsFzPPzsekD52Zl8qUfFIPEiswXqIvHWGVHOgX+7G/vCNNhehwxfkQ==",
                "dependencies": {"ms": "2.1.2"}
              },
              "node_modules/ms": {
                "version": "2.1.2",
                "resolved": "https://registry.npmjs.org/ms/-/ms-2.1.2.tgz",
                "integrity": "sha512-sGkPx+VjMtmA6MX27oA4FBFELFCZZ4S4XqeGOXCv68tT+jb3vk/RyaKWP0PTKyWtmLSM0b+adUTEvbs1PEaH2w=="
              }
            }}
            """;

    private static final String REQUIREMENTS = """
            idna==3.7 --hash=sha256:82fee1fc78add43492d3a1898bfa6d8a904cc97d8427f683ed8e798d07761aa0
            six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254
            """;

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(
                TestSandbox.highestLevel(),
                TestBundles.from(registry("bascule.test.npm"), registry("bascule.test.pypi")));
    }

    private static URI registry(String property) {
        return URI.create(Objects.requireNonNull(System.getProperty(property), () -> "-D" + property + " is missing"));
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void aFunctionInJavaScriptUsesPackagesOfNpm() {
        Map<String, String> bundle = Map.of(
                "index.js",
                "exports.handler = () => [require('ms')('2 days'), typeof require('debug')('x')];",
                "package-lock.json",
                LOCK);

        assertThat(outcome(Language.JAVASCRIPT, "index.js", bundle))
                .isEqualTo(new Succeeded("[172800000,\"function\"]"));
    }

    @Test
    @NeedsPython
    void aFunctionInPythonUsesPackagesOfPypi() {
        Map<String, String> bundle = Map.of(
                "main.py",
                "import idna, six\ndef handler(input, context): return [idna.encode('bücher.example').decode(), six.PY3]",
                "requirements.txt",
                REQUIREMENTS);

        assertThat(outcome(Language.PYTHON, "main.py", bundle))
                .isEqualTo(new Succeeded("[\"xn--bcher-kva.example\",true]"));
    }

    private JobOutcome outcome(Language language, String main, Map<String, String> bundle) {
        return runner.runBundle(language, new Code.Files(TestBundles.archive(bundle), main), "{}")
                .outcome();
    }
}
