package io.bascule.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requirements files with hashes. */
class PipRequirementsTests {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    @Test
    void thePackagesAreReadAsPipCompileWritesThem() throws Exception {
        var packages = PipRequirements.read("""
                # made by pip-compile
                Some_Thing.else==1.2.3 \\
                    --hash=sha256:%s \\
                    --hash=sha256:%s
                    # via mine

                other[extra]==0.1 --hash=sha256:%s
                """.formatted(ONE, TWO, ONE));

        assertThat(packages).hasSize(2);
        assertThat(packages.getFirst().name()).isEqualTo("some-thing-else");
        assertThat(packages.getFirst().version()).isEqualTo("1.2.3");
        assertThat(packages.getFirst().files())
                .containsExactlyInAnyOrder(new Integrity("SHA-256", ONE), new Integrity("SHA-256", TWO));
        assertThat(packages.getFirst().line()).isEqualTo(2);
        assertThat(packages.getLast().name()).isEqualTo("other");
        assertThat(packages.getLast().line()).isEqualTo(7);
    }

    /** As many as a file may have; reading them again for each would take minutes. */
    @Test
    @Timeout(60)
    void aRequirementOverAsManyLinesAsThereCanBeIsRead() throws Exception {
        String lines = "a==1.0 \\\n" + " \\\n".repeat(300_000) + "--hash=sha256:" + ONE;

        assertThat(PipRequirements.read(lines)).hasSize(1);
    }

    @Test
    void whatPipWouldFetchWithoutAHashIsRefusedWithItsLine() {
        refused("a==1.0", "requirements.txt:2", "--hash=sha256");
        refused("a==1.0 --hash=md5:0123", "--hash=sha256");
        refused("a>=1.0 --hash=sha256:" + ONE, "NAME==VERSION");
        refused("a @ https://example.com/a.whl --hash=sha256:" + ONE, "no URLs");
        refused("git+https://example.com/a.git", "no git");
        refused("--index-url https://example.com", "operator");
        refused("-r other.txt", "operator");
        refused("a==1.0 ; sys_platform == 'win32' --hash=sha256:" + ONE, "condition");
        refused("a==1.0 --hash=sha256:" + ONE + "\nA==1.0 --hash=sha256:" + ONE, "twice");
    }

    private static void refused(String line, String... words) {
        assertThatThrownBy(() -> PipRequirements.read("\n" + line + "\n"))
                .as(line)
                .isInstanceOf(InvalidBundleException.class)
                .message()
                .contains(words);
    }
}
