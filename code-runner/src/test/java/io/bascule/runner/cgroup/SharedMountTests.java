package io.bascule.runner.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version 1 where memory and pids are mounted together, so that a job has one group for both. */
class SharedMountTests {

    private static final GroupLimits LIMITS = new GroupLimits(192 << 20, 64);

    @TempDir
    Path mount;

    @Test
    void aJobHasOneGroupForBothLimitsAndNothingIsLeftOfIt() throws Exception {
        try (Cgroups cgroups = open()) {
            Path own = mount.resolve(KnownProcesses.SELF.groupName(1));
            assertThat(cgroups.directories()).containsExactly(own);

            try (JobCgroup job = cgroups.make("7", LIMITS)) {
                assertThat(own.resolve("7").resolve("memory.limit_in_bytes")).hasContent("201326592");
                assertThat(own.resolve("7").resolve("pids.max")).hasContent("64");
                Files.writeString(own.resolve("7").resolve("pids.events"), "max 1\n");
                assertThat(job.hits()).containsExactly(KernelLimit.THREADS);
            }
            assertThat(own.resolve("7")).doesNotExist();
        }
        assertThat(mount).isEmptyDirectory();
    }

    @Test
    void whatAKilledRunnerLeftIsRemoved() throws Exception {
        var gone = new GroupOwner(KnownProcesses.SELF.namespace(), 99, "1000");
        var groups = new DirectoriesWithFiles();
        groups.create(mount.resolve(gone.groupName(1)));
        groups.create(mount.resolve(gone.groupName(1)).resolve("3"));

        open().close();

        assertThat(mount).isEmptyDirectory();
    }

    private Cgroups open() throws CgroupsUnavailableException {
        return new CgroupOpening(new DirectoriesWithFiles(), new KnownProcesses())
                .open(new CgroupPlace.Split(mount, mount));
    }

    /** Ordinary directories, with the files that the kernel would show in each. */
    private static final class DirectoriesWithFiles implements CgroupFiles {

        private static final Map<String, String> FILES = Map.of(
                "memory.limit_in_bytes", "9223372036854771712",
                "memory.oom_control", "oom_kill 0\n",
                "memory.max_usage_in_bytes", "0",
                "pids.max", "max",
                "pids.events", "max 0\n");

        private final CgroupFiles directories = new KernelCgroupFiles();

        @Override
        public void create(Path group) throws IOException {
            directories.create(group);
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                Files.writeString(group.resolve(file.getKey()), file.getValue());
            }
        }

        @Override
        public void remove(Path group) throws IOException {
            if (groups(group).isEmpty()) {
                for (String file : FILES.keySet()) {
                    Files.delete(group.resolve(file));
                }
            }
            directories.remove(group);
        }

        @Override
        public boolean exists(Path file) {
            return directories.exists(file);
        }

        @Override
        public String read(Path file) throws IOException {
            return directories.read(file);
        }

        @Override
        public void write(Path file, String value) throws IOException {
            Files.writeString(file, value);
        }

        @Override
        public boolean mayChange(Path group) {
            return directories.mayChange(group);
        }

        @Override
        public List<Path> groups(Path group) throws IOException {
            return directories.groups(group);
        }

        @Override
        public void pause() {
            directories.pause();
        }
    }
}
