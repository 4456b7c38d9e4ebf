package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.NeedsSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A function that wants files which are not its own. Each attack succeeds in the control, outside the sandbox. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class FileAttackTests {

    private static final String ATTEMPT = """
            const fs = require('node:fs');
            const attempt = (act) => { try { act(); return 'ok'; } catch (error) { return error.code; } };
            """;

    private static final JobOutcome DEEP = new JobOutcome.Succeeded("\"deep\"");

    private TestRunner runner;
    private Path directory;
    private Path secret;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        this.directory = directory;
        runner = new TestRunner(3, 2);
        directory.toFile().setExecutable(true, false);
        directory.toFile().setReadable(true, false);
        assertThat(directory.toFile().setWritable(true, false)).isTrue();
        secret = Files.writeString(directory.resolve("secret"), "of somebody else");
        assertThat(secret.toFile().setWritable(true, false)).isTrue();
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void theMachinesFilesCannotBeRead() throws IOException {
        String attack = ATTEMPT + "const handler = (file) => attempt(() => fs.readFileSync(file));";
        for (Path file : new Path[] {Path.of("/etc/passwd"), Path.of("/etc/shadow"), secret}) {
            if (Files.isReadable(file)) {
                assertThat(Control.result(directory, attack, json(file))).isEqualTo("\"ok\"");
            }
            assertThat(runner.result(attack, json(file))).as("%s", file).isEqualTo("\"EACCES\"");
        }
    }

    @Test
    void theMachinesDirectoriesCannotBeListed() throws IOException {
        String attack = ATTEMPT + "const handler = (file) => attempt(() => fs.readdirSync(file));";

        assertThat(Control.result(directory, attack, "\"/etc\"")).isEqualTo("\"ok\"");
        for (String place : new String[] {"/etc", "/", "/tmp", "/proc", "/dev", ".."}) {
            assertThat(runner.result(attack, "\"" + place + "\"")).as(place).isEqualTo("\"EACCES\"");
        }
    }

    @Test
    void anotherJobsFilesCannotBeReadWhileItRuns() throws Exception {
        var other = runner.begin("""
                async function handler() {
                  require('node:fs').writeFileSync('mine', 'secret', { mode: 0o666 });
                  console.log(process.cwd());
                  await new Promise((resolve) => setTimeout(resolve, 15000));
                }
                """, "{}", TestRunner.LIMITS);
        Path mine = Path.of(other.awaitFirstLine()).resolve("mine");
        String attack = ATTEMPT + """
                const handler = (file) => [attempt(() => fs.readFileSync(file)), attempt(() => fs.writeFileSync(file, '')),
                  attempt(() => fs.readdirSync(require('node:path').dirname(file)))];
                """;

        assertThat(runner.result(attack, json(mine))).isEqualTo("[\"EACCES\",\"EACCES\",\"EACCES\"]");
        assertThat(Control.result(directory, attack, json(mine))).isEqualTo("[\"ok\",\"ok\",\"ok\"]");
        assertThat(runner.runner.cancel(other.id)).isTrue();
        other.await();
        assertThat(mine.getParent()).doesNotExist();
    }

    @Test
    void theEnvironmentOfNoOtherProcessCanBeRead() throws IOException {
        String attack = ATTEMPT
                + "const handler = (pid) => [attempt(() => fs.readFileSync(`/proc/${pid}/environ`)),"
                + " attempt(() => fs.readFileSync(`/proc/${process.ppid}/environ`)),"
                + " attempt(() => fs.readlinkSync(`/proc/${pid}/cwd`))];";
        String runnersPid = Long.toString(ProcessHandle.current().pid());

        assertThat(Control.result(directory, attack, runnersPid)).isEqualTo("[\"ok\",\"ok\",\"ok\"]");
        assertThat(runner.result(attack, runnersPid)).isEqualTo("[\"EACCES\",\"EACCES\",\"EACCES\"]");
    }

    @Test
    void nothingCanBeWrittenOutsideItsOwnDirectory() throws IOException {
        String attack = ATTEMPT + """
                const handler = (place) => [
                  attempt(() => fs.writeFileSync(place + '/new', 'x')),
                  attempt(() => fs.mkdirSync(place + '/made')),
                  attempt(() => fs.appendFileSync(place + '/secret', 'x')),
                  attempt(() => fs.truncateSync(place + '/secret', 0)),
                  attempt(() => fs.chmodSync(place + '/secret', 0o666)),
                  attempt(() => fs.utimesSync(place + '/secret', 1, 1)),
                  attempt(() => fs.renameSync(place + '/secret', place + '/gone')),
                ];
                """;

        Files.writeString(Files.createDirectory(directory.resolve("control")).resolve("secret"), "for the control");
        assertThat(Control.result(directory, attack, json(directory.resolve("control"))))
                .isEqualTo("[\"ok\",\"ok\",\"ok\",\"ok\",\"ok\",\"ok\",\"ok\"]");
        assertThat(runner.result(attack, json(directory))).doesNotContain("ok");
        assertThat(secret).hasContent("of somebody else");
    }

    @Test
    void linksLeadNowhere() throws IOException {
        String attack = ATTEMPT + """
                const os = require('node:os');
                const handler = (target) => {
                  const here = fs.mkdtempSync(os.tmpdir() + '/links');
                  return [attempt(() => { fs.symlinkSync(target, here + '/soft'); fs.readFileSync(here + '/soft'); }),
                    attempt(() => { fs.linkSync(target, here + '/hard'); fs.readFileSync(here + '/hard'); })];
                };
                """;

        assertThat(Control.result(directory, attack, json(secret))).startsWith("[\"ok\"");
        assertThat(runner.result(attack, json(secret))).doesNotContain("ok");
    }

    @Test
    void aFullDirectoryEndsTheJob() {
        String source = """
                const fs = require('node:fs');
                async function handler() {
                  for (let n = 0; ; n++) {
                    fs.writeFileSync('file' + n, Buffer.alloc(1 << 20));
                    await new Promise((resolve) => setTimeout(resolve, 1));
                  }
                }
                """;

        assertThat(runner.run(source).outcome()).isEqualTo(new HitLimit(LimitKind.DISK, 32 * 1024 * 1024));
    }

    @Test
    void countlessFilesEndTheJob() {
        String source = """
                const fs = require('node:fs');
                function handler() { for (let n = 0; ; n++) fs.writeFileSync('file' + n, ''); }
                """;

        assertThat(runner.run(source).outcome())
                .isInstanceOfSatisfying(
                        HitLimit.class, hit -> assertThat(hit.kind()).isEqualTo(LimitKind.DISK));
    }

    @Test
    void nothingStaysOfATreeThatIsDeepClosedAndFullOfLinks() {
        var ran = runner.run("""
                const fs = require('node:fs');
                function handler(target) {
                  console.log(process.cwd());
                  fs.symlinkSync(target, 'link');
                  fs.writeFileSync(Buffer.from([0xff, 0xfe, 0x80]), 'no text');
                  fs.mkdirSync('closed', 0);
                  for (let n = 0; n < 100; n++) { fs.mkdirSync('d'.repeat(100)); process.chdir('d'.repeat(100)); }
                  return 'deep';
                }
                """, json(directory));

        // It may be seen on the way: what cannot be read counts as too much.
        assertThat(ran.outcome()).isIn(DEEP, new HitLimit(LimitKind.DISK, 32 * 1024 * 1024));
        Path top = Path.of(ran.log().getFirst().substring("INFO ".length()));
        assertThat(top).doesNotExist();
        assertThat(top.getParent()).isDirectory();
        assertThat(secret).exists();
    }

    private static String json(Path path) {
        return "\"" + path + "\"";
    }
}
