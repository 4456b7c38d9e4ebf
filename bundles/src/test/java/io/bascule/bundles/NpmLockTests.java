package io.bascule.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lock files of npm. */
class NpmLockTests {

    private static final String HASH = "sha512-" + "A".repeat(86) + "==";

    @Test
    void thePackagesThatAFunctionNeedsAreRead() throws Exception {
        var packages = read("""
                "": {"name": "mine", "dependencies": {"a": "^1"}},
                "node_modules/a": {"version": "1.0.0", "resolved": "https://registry.example/a/-/a-1.0.0.tgz", "integrity": "%1$s"},
                "node_modules/a/node_modules/@s/b": {"resolved": "https://registry.example/b.tgz", "integrity": "sha1-x %1$s",
                    "hasInstallScript": true},
                "node_modules/for-tests": {"dev": true, "resolved": "git+ssh://x"},
                "node_modules/inside": {"inBundle": true},
                "node_modules/for-macs": {"optional": true, "os": ["darwin"], "resolved": "x"},
                "node_modules/for-arm": {"optional": true, "cpu": ["arm64"], "resolved": "x"},
                "node_modules/not-for-windows": {"os": ["!win32"], "resolved": "https://registry.example/n.tgz", "integrity": "%1$s"}
                """);

        assertThat(packages.stream().map(NpmPackage::place))
                .containsExactly("node_modules/a", "node_modules/a/node_modules/@s/b", "node_modules/not-for-windows");
        assertThat(packages.getFirst().resolved()).hasToString("https://registry.example/a/-/a-1.0.0.tgz");
        assertThat(packages.getFirst().integrity()).isEqualTo(new Integrity("SHA-512", "00".repeat(64)));
        assertThat(packages.getFirst().line()).isEqualTo(4);
    }

    @Test
    void whatCannotBeInstalledIsRefusedWithItsLine() {
        refused(
                "\"node_modules/a\": {\"resolved\": \"https://r.example/a.tgz\"}",
                "package-lock.json:3: ",
                "integrity");
        refused(
                "\"node_modules/a\": {\"resolved\": \"https://r.example/a.tgz\", \"integrity\": \"sha1-qvTGHdzF6KLavt4PO0gs2a6pQ00=\"}",
                "sha512");
        refused(entry("git+ssh://git@example.com/a.git"), "not from git");
        refused(entry("file:../a"), "not from git or files");
        refused("\"node_modules/a\": {\"link\": true, \"resolved\": \"packages/a\"}", "workspace or a link");
        refused("\"packages/a\": {\"version\": \"1.0.0\"}", "workspace or a link");
        for (String place :
                new String[] {"node_modules/../x", "node_modules/a/../../x", "/node_modules/a", "node_modules/"}) {
            refused("\"%s\": {}".formatted(place), "workspace or a link");
        }
        refused("\"node_modules/a\": {\"os\": [\"win32\"]}", "not for linux");
    }

    @Test
    void whatIsNoLockFileIsRefused() {
        assertThatThrownBy(() -> new NpmLock("x64").read("{\"lockfileVersion\": 1, \"dependencies\": {}}"))
                .hasMessageContaining("npm 7");
        assertThatThrownBy(() -> new NpmLock("x64").read("{\n\"packages\": {\n oops"))
                .hasMessageContaining("package-lock.json:3");
        assertThatThrownBy(() -> new NpmLock("x64").read("[]")).isInstanceOf(InvalidBundleException.class);
    }

    private static String entry(String resolved) {
        return "\"node_modules/a\": {\"resolved\": \"%s\", \"integrity\": \"%s\"}".formatted(resolved, HASH);
    }

    private static List<NpmPackage> read(String packages) throws InvalidBundleException {
        return new NpmLock("x64")
                .read("{\"lockfileVersion\": 3,\n\"packages\": {\n%s}}".formatted(packages.formatted(HASH)));
    }

    private static void refused(String packages, String... words) {
        assertThatThrownBy(() -> read(packages))
                .as(packages)
                .isInstanceOf(InvalidBundleException.class)
                .message()
                .contains(words);
    }
}
