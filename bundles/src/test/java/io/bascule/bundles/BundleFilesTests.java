package io.bascule.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.TestZip;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as their authors send them, and as attackers do. */
class BundleFilesTests {

    private static final BundleLimits SMALL = new BundleLimits(1000, 10, 4);

    @Test
    void theFilesOfAnArchiveAreThere() throws Exception {
        BundleFiles files = BundleFiles.unzip(TestZip.of(Map.of("index.js", "1", "lib/a.js", "22")), SMALL);

        assertThat(files.contents().keySet()).containsExactly("index.js", "lib/a.js");
        assertThat(files.content("lib/a.js")).asString(StandardCharsets.UTF_8).isEqualTo("22");
        assertThat(files.has("other")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.js",
                "a/../../out.js",
                "/etc/passwd",
                "a/./b",
                "a//b",
                "..",
                "a\\..\\b",
                "a\nb",
                "a/b/c/d/e"
            })
    void zipSlipIsRefused(String path) {
        assertThatThrownBy(() -> BundleFiles.unzip(TestZip.of(Map.of(path, "x")), SMALL))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("in the bundle: ");
    }

    @Test
    void aPathBelowTheBundleIsFineWhichIsTheControlOfZipSlip() throws Exception {
        assertThat(BundleFiles.unzip(TestZip.of(Map.of("a/b/c/d", "x")), SMALL).has("a/b/c/d"))
                .isTrue();
    }

    /** Each takes a block on a disk, named or not. */
    @Test
    void directoriesThatAreOnlyNamedInPathsCount() throws Exception {
        assertThat(BundleFiles.unzip(TestZip.of(Map.of("a/1", "", "a/2", "", "a/b/3", "")), SMALL)
                        .contents())
                .as("5 in all")
                .hasSize(3);
        assertThatThrownBy(
                        () -> BundleFiles.unzip(TestZip.of(Map.of("a/b/c/1", "", "d/e/f/2", "", "g/h/i/3", "")), SMALL))
                .hasMessageContaining("more than 10 files and directories");
    }

    @Test
    void whatExpandsBeyondItsBoundIsRefusedBeforeItIsHeld() throws Exception {
        String huge = "0".repeat(50_000_000);
        byte[] archive = TestZip.of(Map.of("zeros", huge));
        assertThat(archive.length).as("of the archive").isLessThan(100_000);

        assertThatThrownBy(() -> BundleFiles.unzip(archive, SMALL)).hasMessageContaining("more than 1000 bytes");
        assertThat(BundleFiles.unzip(TestZip.of(Map.of("zeros", "0".repeat(1000))), SMALL)
                        .contents())
                .as("control")
                .hasSize(1);
    }

    @Test
    void moreFilesThanTheBoundAreRefused() throws Exception {
        assertThatThrownBy(() -> BundleFiles.unzip(many(11), SMALL)).hasMessageContaining("more than 10 files");
        assertThat(BundleFiles.unzip(many(10), SMALL).contents()).as("control").hasSize(10);
    }

    @Test
    void aSymbolicLinkIsRefused() throws Exception {
        byte[] archive = TestZip.of(Map.of("link", "/etc/passwd"));
        assertThat(BundleFiles.unzip(archive, SMALL).has("link"))
                .as("control: a file")
                .isTrue();

        assertThatThrownBy(() -> BundleFiles.unzip(withMode(archive, 0120777), SMALL))
                .hasMessageContaining("link: it is a link");
        assertThatThrownBy(() -> BundleFiles.unzip(withMode(archive, 0020666), SMALL))
                .as("a device")
                .hasMessageContaining("link: it is a link or a device");
        assertThat(BundleFiles.unzip(withMode(archive, 0100644), SMALL).has("link"))
                .isTrue();
    }

    @Test
    void aNativeAddOnIsRefusedByItsNameAndByItself() throws Exception {
        String library = "\u007fELF and so on";
        assertThatThrownBy(() -> BundleFiles.unzip(TestZip.of(Map.of("build/addon.node", "x")), SMALL))
                .hasMessageContaining("build/addon.node: the bundle holds native code");
        assertThatThrownBy(() -> BundleFiles.unzip(TestZip.of(Map.of("innocent.js", library)), SMALL))
                .hasMessageContaining("native code");
        assertThat(BundleFiles.unzip(TestZip.of(Map.of("innocent.js", "x" + library)), SMALL)
                        .has("innocent.js"))
                .as("control")
                .isTrue();
    }

    @Test
    void whatIsThereIsListedWithItsHash() throws Exception {
        assertThat(BundleFiles.unzip(TestZip.of(Map.of("b.js", "", "a.js", "abc")), SMALL)
                        .list())
                .containsExactly(
                        new BundledFile("a.js", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                        new BundledFile("b.js", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    @Test
    void aFileThatIsADirectoryTooIsRefused() {
        assertThatThrownBy(() -> BundleFiles.unzip(TestZip.of(Map.of("a", "1", "a/b", "2")), SMALL))
                .hasMessageContaining("a: it is a file and a directory");
    }

    @Test
    void whatIsNoArchiveIsRefused() throws Exception {
        byte[] whole = TestZip.of(Map.of("index.js", "1"));
        for (byte[] broken : new byte[][] {{}, "no zip".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, 40)}) {
            assertThatThrownBy(() -> BundleFiles.unzip(broken, SMALL))
                    .isInstanceOf(InvalidBundleException.class)
                    .hasMessageContaining("zip archive");
        }
    }

    private static byte[] many(int files) {
        var contents = new TreeMap<String, String>();
        for (int file = 0; file < files; file++) {
            contents.put("f" + file, "");
        }
        return TestZip.of(contents);
    }

    /** The same archive, whose one file has this mode in its directory. */
    private static byte[] withMode(byte[] archive, int mode) {
        byte[] changed = archive.clone();
        ByteBuffer bytes = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
        int entry = 0;
        while (bytes.getInt(entry) != 0x02014b50) {
            entry++;
        }
        bytes.putInt(entry + 38, mode << 16);
        return changed;
    }
}
