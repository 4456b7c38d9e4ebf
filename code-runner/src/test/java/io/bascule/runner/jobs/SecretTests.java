package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsPython;
import io.bascule.runner.sandbox.NeedsSandbox;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** What a function is told that nobody else should know. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class SecretTests {

    private static final String VALUE = "open \"sesame\" é\n2";

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(2, 2);
    }

    @AfterEach
    void forget() {
        runner.secrets = Map.of();
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void aFunctionReadsItsSecretsAndCannotChangeThem() {
        runner.secrets = Map.of("DB_PASSWORD", VALUE);

        assertThat(runner.result("""
                function handler(input, context) {
                  context.secrets.DB_PASSWORD += 'x';
                  return [context.secrets.DB_PASSWORD === input, context.secrets.OTHER, 'toString' in context.secrets];
                }""", json())).isEqualTo("[true,null,false]");
    }

    @Test
    @NeedsPython
    void aFunctionInPythonDoesToo() {
        runner.secrets = Map.of("DB_PASSWORD", VALUE);

        assertThat(runner.result(Language.PYTHON, """
                def handler(input, context):
                    try:
                        context.secrets['DB_PASSWORD'] = 'x'
                    except TypeError:
                        return [context.secrets['DB_PASSWORD'] == input, context.secrets.get('OTHER')]
                """, json())).isEqualTo("[true,null]");
    }

    @Test
    void noSecretIsInTheProcesssEnvironmentOrCommandLine() {
        runner.secrets = Map.of("DB_PASSWORD", "sesame-in-no-environment");
        String look = """
                const { readFileSync } = require('node:fs');
                const read = (name) => { try { return readFileSync(name, 'utf8'); } catch (error) { return ''; } };
                function handler(input, context) {
                  const all = [JSON.stringify(process.env), JSON.stringify(process.argv), JSON.stringify(process.execArgv),
                    read('/proc/self/environ'), read('/proc/self/cmdline')].join();
                  return [all.includes('sesame'), all.includes('HOME'), context.secrets.DB_PASSWORD.includes('sesame')];
                }""";

        assertThat(runner.result(look, "{}")).isEqualTo("[false,true,true]");
    }

    @Test
    void aJobThatIsGivenNoneHasNone() {
        assertThat(runner.result("const handler = (input, context) => Object.keys(context.secrets);", "{}"))
                .isEqualTo("[]");
    }

    private static String json() {
        return "\"open \\\"sesame\\\" é\\n2\"";
    }
}
