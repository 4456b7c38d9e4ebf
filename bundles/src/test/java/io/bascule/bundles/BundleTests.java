package io.bascule.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.TestZip;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whole bundles: which file has the handler, and what they depend on. */
class BundleTests {

    @Test
    void theMainFileIsTheOneThatIsNamedOrTheUsualOne() throws Exception {
        assertThat(javascript("", "index.mjs", "1").main()).isEqualTo("index.mjs");
        assertThat(javascript("", "package.json", "{\"main\": \"./lib/go\"}", "lib/go.js", "1")
                        .main())
                .isEqualTo("lib/go.js");
        assertThat(javascript("", "index.ts", "1").main()).isEqualTo("index.ts");
        assertThat(javascript("b.js", "index.js", "1", "b.js", "2").main()).isEqualTo("b.js");
        assertThat(Bundle.python(files("main.py", "1"), "").main()).isEqualTo("main.py");
        assertThatThrownBy(() -> javascript("", "a.js", "1")).hasMessageContaining("name one as main");
        assertThatThrownBy(() -> javascript("c.js", "index.js", "1")).hasMessageContaining("c.js: it is named");
        assertThatThrownBy(() -> javascript("main.py", "index.js", "1", "main.py", "1"))
                .hasMessageContaining("main.py: it is named")
                .hasMessageContaining("index.js");
    }

    @Test
    void dependenciesNeedALockFileAndComeFromItAlone() {
        assertThatThrownBy(() -> javascript("", "index.js", "1", "package.json", "{\"dependencies\": {\"a\": \"*\"}}"))
                .hasMessageContaining("package.json: it has dependencies")
                .hasMessageContaining("package-lock.json");
        assertThatThrownBy(() -> javascript("", "index.js", "1", "node_modules/a/index.js", "1"))
                .hasMessageContaining("leave it out");
        assertThatThrownBy(() -> javascript("", "index.js", "1", "package.json", "{\n\n oops"))
                .hasMessageContaining("package.json:3");
    }

    /** What is read whole becomes many times as much on the way. */
    @Test
    void aListThatIsTooLongIsRefusedBeforeItIsRead() {
        String many = "[" + "{},".repeat(30_000) + "{}]";
        assertThatThrownBy(() -> javascript("", "index.js", "1", "package.json", many))
                .hasMessageContaining("package.json: 90004 bytes (expected: at most 65536)");
        assertThatThrownBy(() -> javascript("", "index.js", "1", "package-lock.json", "{}" + " ".repeat(1024 * 1024)))
                .hasMessageContaining("package-lock.json: 1048578 bytes");
        assertThatThrownBy(() -> Bundle.python(files("main.py", "1", "requirements.txt", "#\n".repeat(600_000)), ""))
                .hasMessageContaining("requirements.txt: 1200000 bytes");
    }

    private static Bundle javascript(String main, String... files) throws Exception {
        return Bundle.javascript(files(files), main, "x64");
    }

    private static BundleFiles files(String... pairs) throws Exception {
        var contents = new TreeMap<String, String>();
        for (int at = 0; at < pairs.length; at += 2) {
            contents.put(pairs[at], pairs[at + 1]);
        }
        return BundleFiles.unzip(TestZip.of(Map.copyOf(contents)), BundleLimits.OF_AUTHORS);
    }
}
