package io.bascule.runner.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Control groups of this machine, whichever version it has. */
@NeedsCgroups
@Timeout(120)
class KernelCgroupsTests {

    private static final long LIMIT = 48L << 20;
    /** The kernel may charge a few pages that it cannot do without. */
    private static final long FORCED = 1 << 20;

    /** Touches each page, in one process, then says so. */
    private static final String MEMORY_BOMB = "head -c 200000000 /dev/zero | tail -c 200000000 >/dev/null && echo all";

    private static final String FORK_BOMB =
            "n=0; while [ $n -lt 20 ]; do sleep 60 & begun=\"$begun $!\"; n=$((n+1)); done; echo all; kill $begun";

    @TempDir
    Path directory;

    private Cgroups cgroups;

    @BeforeEach
    void open() throws Exception {
        cgroups = Cgroups.open();
    }

    @AfterEach
    void close() throws Exception {
        cgroups.close();
        assertThat(cgroups.directories()).noneMatch(Files::exists);
    }

    @Test
    void aMemoryBombEndsAtItsLimitExactly() throws Exception {
        try (JobCgroup job = cgroups.make("1", new GroupLimits(LIMIT, 64))) {
            assertThat(run(inGroups("1", MEMORY_BOMB))).doesNotContain("all");

            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY);
            assertThat(job.peakMemoryBytes().orElse(LIMIT)).isBetween(LIMIT * 9 / 10, LIMIT + FORCED);
        }
        assertThat(run(MEMORY_BOMB)).contains("all");
    }

    @Test
    void whatEndsForWantOfMemoryAroundItHasNotReachedItsOwnLimit() throws Exception {
        Path around = cgroups.directories().getFirst().resolve("memory.limit_in_bytes");
        assumeTrue(Files.exists(around), "with version 2 this process would be limited, too");
        Files.writeString(around, Long.toString(LIMIT), StandardOpenOption.WRITE);
        try (JobCgroup job = cgroups.make("1", new GroupLimits(4 * LIMIT, 64))) {
            assertThat(run(inGroups("1", MEMORY_BOMB))).doesNotContain("all");

            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY_OF_OTHERS);
        }
    }

    @Test
    void aForkBombIsRefusedMoreProcessesThanItMayHave() throws Exception {
        try (JobCgroup job = cgroups.make("1", new GroupLimits(LIMIT, 8))) {
            assertThat(run(inGroups("1", FORK_BOMB))).doesNotContain("all");

            assertThat(job.hits()).contains(KernelLimit.THREADS);
            endAll("1");
        }
        assertThat(run(FORK_BOMB)).contains("all");
    }

    @Test
    void whatIsRefusedAThreadBecauseOfGroupsAroundItHasNotReachedItsOwnLimit() throws Exception {
        Path around = cgroups.directories().getLast().resolve("pids.max");
        assumeFalse(
                Files.exists(around.resolveSibling(UnifiedHierarchy.CONTROLLERS)),
                "with version 2 this process would be limited, too");
        Files.writeString(around, "8", StandardOpenOption.WRITE);
        try (JobCgroup job = cgroups.make("1", new GroupLimits(LIMIT, 64))) {
            assumeTrue(
                    Files.exists(around.resolveSibling("1").resolve("pids.peak")), "the kernel (< 6.1) keeps no peak");
            assertThat(run(inGroups("1", FORK_BOMB))).doesNotContain("all");

            assertThat(job.hits()).containsExactly(KernelLimit.THREADS_OF_OTHERS);
            endAll("1");
        }
    }

    @Test
    void nothingIsLeftOfAJobAndOfARunner() throws Exception {
        try (var _ = cgroups.make("1", new GroupLimits(LIMIT, 8))) {
            assertThat(cgroups.directories()).allMatch(own -> Files.isDirectory(own.resolve("1")));
        }
        assertThat(cgroups.directories()).noneMatch(own -> Files.exists(own.resolve("1")));
        cgroups.make("2", new GroupLimits(LIMIT, 8));
    }

    @Test
    void whatAKilledRunnerLeftIsRemovedAtTheNextStartAndNothingOfALivingOne() throws Exception {
        Path parent = cgroups.directories().getFirst().resolve("..").normalize();
        cgroups.close();
        GroupOwner self = Processes.ofThisMachine().self();
        Path forsaken = parent.resolve(new GroupOwner(self.namespace(), self.pid(), "1").groupName(1));
        Path ofALiving = parent.resolve(self.groupName(1000));
        Files.createDirectories(forsaken.resolve("7"));
        Files.createDirectory(ofALiving);

        cgroups = Cgroups.open();

        assertThat(forsaken).doesNotExist();
        assertThat(ofALiving).exists();
        Files.delete(ofALiving);
    }

    private String inGroups(String job, String command) {
        var entering = new StringBuilder();
        for (Path own : cgroups.directories()) {
            entering.append("echo 0 > ").append(own.resolve(job)).append("/cgroup.procs && ");
        }
        return entering + command;
    }

    /** What it said, once it has ended; what it began may go on. */
    private String run(String command) throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private void endAll(String job) throws Exception {
        Path group = cgroups.directories().getLast().resolve(job);
        for (String pid : Files.readAllLines(group.resolve(UnifiedHierarchy.PROCESSES))) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
