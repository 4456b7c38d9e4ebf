package io.bascule.runner.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.bundles.Archive;
import io.bascule.bundles.InvalidBundleException;
import io.bascule.runner.sandbox.Language;
import io.bascule.testsupport.PackageRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Packages that want more than to be read. Each attack has a control, which differs by what makes it one. */
@Timeout(180)
class BundleAttackTests {

    private static final String ELF = "\u007fELF\u0002\u0001\u0001";

    @TempDir
    private Path directory;

    private PackageRegistry registry;
    private Bundles bundles;

    @BeforeEach
    void start() throws IOException {
        registry = new PackageRegistry();
        bundles = TestBundles.in(directory.resolve("kept"), registry);
    }

    @AfterEach
    void stop() {
        bundles.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package/../../../../evil.js",
                "package/a/../../b.js",
                "package//evil.js",
                "package/./evil.js",
                "package/a\\..\\b"
            })
    void zipSlipOfAPackageLeadsNowhereElse(String path) throws Exception {
        refused(new TestTar().file(path, "x"), "its path");
        assertThat(files(directory)).noneMatch(file -> file.endsWith("evil.js"));

        assertThat(installed(new TestTar().file("package/a/b/evil.js", "x")))
                .as("control")
                .anyMatch(file -> file.endsWith("node_modules/a/a/b/evil.js"));
    }

    @Test
    void anAbsolutePathIsRefused() throws Exception {
        refused(new TestTar().file("/" + directory.resolve("evil.js"), "x"), "its path");
        assertThat(directory.resolve("evil.js")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '6'})
    void hardAndSymbolicLinksAndDevicesOfAPackageAreRefused(char type) throws Exception {
        refused(
                new TestTar().link("package/link.js", type, "../../../../secret"),
                "link.js is a link or a device",
                "package-lock.json:2");

        assertThat(installed(new TestTar().file("package/link.js", "1")))
                .as("control")
                .hasSize(2);
    }

    @Test
    void whatExpandsBeyondItsBoundIsRefusedAndLeavesNothing() throws Exception {
        byte[] archive = new TestTar().zeros("package/zeros", 512).gzip();
        assertThat(archive.length).as("of the archive").isLessThan(2 * 1024 * 1024);

        assertThatThrownBy(() -> install(archive))
                .hasMessageContaining("more than %d bytes".formatted(TestBundles.BYTES));
        assertThat(files(directory)).isEmpty();
        assertThat(installed(new TestTar().zeros("package/zeros", 3)))
                .as("control")
                .hasSize(2);
    }

    @Test
    void aHundredThousandFilesAreRefusedAndLeaveNothing() throws Exception {
        var tar = new TestTar();
        for (int file = 0; file < 100_000; file++) {
            tar.file("package/f" + file, "");
        }
        refused(tar, "more than %d files".formatted(TestBundles.FILES));
        assertThat(files(directory)).isEmpty();

        var few = new TestTar();
        for (int file = 0; file < 1000; file++) {
            few.file("package/f" + file, "");
        }
        assertThat(installed(few)).as("control").hasSize(1001);
    }

    @Test
    void aPathThatIsTooDeepIsRefused() throws Exception {
        refused(new TestTar().file("package/" + "d/".repeat(60) + "f", "x"), "directories deep");
        assertThat(installed(new TestTar().file("package/" + "d/".repeat(9) + "f", "x")))
                .as("control")
                .hasSize(2);
    }

    @Test
    void aNativeAddOnOfAPackageIsRefusedByItsNameAndByItself() throws Exception {
        refused(new TestTar().file("package/build/Release/addon.node", "x"), "native code");
        refused(new TestTar().file("package/lib/libx.so.1", "x"), "native code");
        refused(new TestTar().file("package/innocent.js", ELF), "native code");

        assertThat(installed(new TestTar().file("package/innocent.js", "x" + ELF)))
                .as("control")
                .hasSize(2);
    }

    @Test
    void anInstallScriptDoesNotRun() throws Exception {
        Path ran = directory.resolve("ran");
        String script = "touch " + ran;
        List<String> files = installed(new TestTar()
                .file(
                        "package/package.json",
                        "{\"scripts\": {\"preinstall\": \"%1$s\", \"install\": \"%1$s\"}}".formatted(script)));

        assertThat(files).anyMatch(file -> file.endsWith("package.json"));
        assertThat(ran).doesNotExist();
        assertThat(new ProcessBuilder("sh", "-c", script).start().waitFor(60, TimeUnit.SECONDS))
                .isTrue();
        assertThat(ran).as("control: what the script would have done").exists();
    }

    @Test
    void whatHasAnotherHashIsRefusedWithItsLine() throws Exception {
        String entry = registry.npmPackage(
                "a", new TestTar().file("package/index.js", "1").gzip());
        registry.npmPackage("a", new TestTar().file("package/index.js", "2").gzip());

        assertThatThrownBy(() -> hold(PackageRegistry.lock(entry)))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("package-lock.json:2: node_modules/a")
                .hasMessageContaining("another hash");
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void whatIsNoPackageIsRefusedWithItsLine() throws Exception {
        byte[] whole = new TestTar().file("package/index.js", "1").gzip();
        byte[] noise = new byte[9 * 1024 * 1024];
        for (byte[] broken : new byte[][] {"no archive".getBytes(UTF_8), Arrays.copyOf(whole, whole.length / 2)}) {
            assertThatThrownBy(() -> install(broken))
                    .isInstanceOf(InvalidBundleException.class)
                    .hasMessageContaining("package-lock.json:2: node_modules/a: its archive cannot be read");
        }
        assertThatThrownBy(() -> install(noise))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("package-lock.json:2")
                .hasMessageContaining("has more than 8388608 bytes");
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void nothingIsFetchedFromElsewhere() throws Exception {
        try (var other = new PackageRegistry()) {
            String entry = other.npmPackage(
                            "a", new TestTar().file("package/index.js", "1").gzip())
                    .replace("https://registry.npmjs.org", other.npm().toString());

            assertThatThrownBy(() -> hold(PackageRegistry.lock(entry)))
                    .hasMessageContaining("this platform's registry is");
            assertThat(other.requests()).isZero();
        }
    }

    @Test
    void aWheelLeadsNowhereElseAndHoldsNoNativeCode() throws Exception {
        assertThatThrownBy(() -> holdWheel("py3-none-any", Map.of("../../evil.py", "x")))
                .hasMessageContaining("its path");
        assertThatThrownBy(() -> holdWheel("py3-none-any", Map.of("a/_x.cpython-311-x86_64-linux-gnu.so", "x")))
                .hasMessageContaining("native code");
        assertThatThrownBy(() -> holdWheel("cp311-cp311-manylinux_2_17_x86_64", Map.of("a.py", "x")))
                .hasMessageContaining("requirements.txt:1")
                .hasMessageContaining("no wheel without native code");
        assertThat(files(directory)).isEmpty();

        holdWheel(
                "py3-none-any",
                Map.of("a.py", "x", "a-1.0.data/scripts/run", "#!python", "a-1.0.data/purelib/b.py", "y"));
        assertThat(files(directory))
                .as("control")
                .anyMatch(file -> file.endsWith("/site-packages/a.py"))
                .anyMatch(file -> file.endsWith("/site-packages/b.py"))
                .noneMatch(file -> file.endsWith("run"));
    }

    @Test
    void aRegistryThatIsAwayIsPassing() throws Exception {
        String entry = registry.npmPackage(
                "a", new TestTar().file("package/index.js", "1").gzip());
        registry.close();

        assertThatThrownBy(() -> hold(PackageRegistry.lock(entry))).isInstanceOf(BundleUnavailableException.class);
    }

    @Test
    void aRegistryThatNeverEndsItsAnswerIsGivenUp() throws Exception {
        bundles.close();
        bundles = TestBundles.in(directory.resolve("kept"), registry, Duration.ofSeconds(1));
        String entry = registry.npmPackage(
                "a", new TestTar().file("package/index.js", "1").gzip());
        registry.stall();

        assertThatThrownBy(() -> hold(PackageRegistry.lock(entry)))
                .isInstanceOf(BundleUnavailableException.class)
                .hasMessageContaining("in time");
    }

    @Test
    void aLockFileIsFetchedOnceForAllBundlesThatHaveIt() throws Exception {
        String lock = PackageRegistry.lock(registry.npmPackage(
                "a", new TestTar().file("package/index.js", "1").gzip()));
        hold(lock);
        int before = registry.requests();

        hold(lock);
        bundles.hold(
                        Language.JAVASCRIPT,
                        TestBundles.archive(Map.of("index.js", "2", "package-lock.json", lock)),
                        "index.js")
                .close();

        assertThat(registry.requests()).isEqualTo(before);
        assertThat(kept("kept", "bundle-")).isEqualTo(2);
        assertThat(kept("kept", "lock-")).isOne();
    }

    @Test
    void whatWasNotUsedLongestGoesFirstAndWhatIsHeldStays() throws Exception {
        try (var small = TestBundles.in(directory.resolve("small"), registry, DataSize.ofKilobytes(2500));
                var first = small.hold(Language.JAVASCRIPT, large("1"), "index.js")) {
            small.hold(Language.JAVASCRIPT, large("2"), "index.js").close();
            small.hold(Language.JAVASCRIPT, large("3"), "index.js").close();
            small.hold(Language.JAVASCRIPT, large("4"), "index.js").close();

            assertThat(kept("small", "bundle-"))
                    .as("the held one, and one more")
                    .isEqualTo(2);
            assertThat(first.directory().resolve("app/index.js")).exists();
        }
    }

    /** How many directories there are whose name begins so. */
    private long kept(String where, String prefix) throws IOException {
        try (var all = Files.list(directory.resolve(where).resolve("bundles"))) {
            return all.filter(one -> one.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }

    private static Archive large(String name) {
        return TestBundles.archive(Map.of("index.js", name, "data", "0".repeat(1024 * 1024)));
    }

    private void refused(TestTar tar, String... words) {
        assertThatThrownBy(() -> install(tar.gzip()))
                .isInstanceOf(InvalidBundleException.class)
                .message()
                .contains(words);
    }

    /** The files of the bundle, relative to where bundles are kept. */
    private List<String> installed(TestTar tar) throws Exception {
        install(tar.gzip());
        return files(directory.resolve("kept")).stream()
                .filter(file -> file.contains("bundle-"))
                .filter(file -> !file.endsWith("package-lock.json"))
                .toList();
    }

    private void install(byte[] tarball) throws Exception {
        bundles.close();
        bundles = TestBundles.in(directory.resolve("kept"), registry);
        hold(PackageRegistry.lock(registry.npmPackage("a", tarball)));
    }

    private void hold(String lock) throws Exception {
        bundles.hold(
                        Language.JAVASCRIPT,
                        TestBundles.archive(Map.of("index.js", "1", "package-lock.json", lock)),
                        "index.js")
                .close();
    }

    private void holdWheel(String tags, Map<String, String> contents) throws Exception {
        String requirements = registry.wheel("a", tags, new TreeMap<>(contents));
        bundles.hold(
                        Language.PYTHON,
                        TestBundles.archive(Map.of("main.py", "1", "requirements.txt", requirements)),
                        "main.py")
                .close();
    }

    private static List<String> files(Path below) throws IOException {
        try (var all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> below.relativize(file).toString())
                    .toList();
        }
    }
}
