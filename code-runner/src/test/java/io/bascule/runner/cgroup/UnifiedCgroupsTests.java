package io.bascule.runner.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Version 2, by its documented rules. */
class UnifiedCgroupsTests {

    private static final Path SERVICE = Path.of("/sys/fs/cgroup/system.slice/runner.service");
    private static final GroupLimits LIMITS = new GroupLimits(192 << 20, 64);
    private static final long SELF = KnownProcesses.SELF.pid();

    private final UnifiedKernel kernel = new UnifiedKernel(SERVICE, "cpu", "memory", "pids");
    private final KnownProcesses processes = new KnownProcesses();

    UnifiedCgroupsTests() {
        kernel.addProcess(SERVICE, SELF);
    }

    @Test
    void theRunnerMovesAsideSoThatItsGroupMayPassLimitsOn() throws Exception {
        Cgroups cgroups = open();

        Path own = cgroups.directories().getFirst();
        assertThat(cgroups.directories()).containsExactly(SERVICE.resolve(KnownProcesses.SELF.groupName(1)));
        assertThat(kernel.group(own.resolve("runner")).processes).containsExactly(SELF);
        assertThat(kernel.group(SERVICE).passedOn).containsExactlyInAnyOrder("memory", "pids");
        assertThat(kernel.paths()).containsExactly(SERVICE, own, own.resolve("runner"));
    }

    @Test
    void aJobGetsAGroupWithItsLimitsAndWithoutSwap() throws Exception {
        Cgroups cgroups = open();

        try (JobCgroup job = cgroups.make("7", LIMITS)) {
            var settings = kernel.group(cgroups.directories().getFirst().resolve("7")).settings;
            assertThat(settings)
                    .containsEntry("memory.max", Integer.toString(192 << 20))
                    .containsEntry("memory.swap.max", "0")
                    .containsEntry("pids.max", "64");
            assertThat(job.hits()).isEmpty();
            settings.put("memory.events", "low 0\noom 0\noom_kill 1\n");
            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY_OF_OTHERS);
            settings.put("memory.events", "low 0\noom 3\noom_kill 1\n");
            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY);
            settings.put("pids.events", "max 12\n");
            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY, KernelLimit.THREADS);
            settings.put("pids.peak", "63");
            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY, KernelLimit.THREADS_OF_OTHERS);
            settings.put("pids.peak", "64");
            assertThat(job.hits()).containsExactly(KernelLimit.MEMORY, KernelLimit.THREADS);
            assertThat(job.peakMemoryBytes()).isEmpty();
            settings.put("memory.peak", "4096");
            assertThat(job.peakMemoryBytes()).hasValue(4096);
            settings.remove("memory.events");
            assertThat(job.hits()).containsExactly(KernelLimit.UNTOLD);
        }
        assertThat(kernel.groups(cgroups.directories().getFirst())).hasSize(1);
    }

    @Test
    void aGroupWhoseProcessIsJustEndingIsTriedAgain() throws Exception {
        Cgroups cgroups = open();
        JobCgroup job = cgroups.make("7", LIMITS);
        kernel.busyFor = 3;

        job.close();

        assertThat(kernel.groups(cgroups.directories().getFirst())).hasSize(1);
        assertThat(kernel.busyFor).isZero();
    }

    @Test
    void whereNothingMayBeRemovedAnyMoreNobodyWaitsForIt() throws Exception {
        Cgroups cgroups = open();
        JobCgroup job = cgroups.make("7", LIMITS);
        kernel.close(cgroups.directories().getFirst());

        job.close();
        assertThatThrownBy(() -> cgroups.make("8", LIMITS)).isInstanceOf(IOException.class);

        assertThat(kernel.pauses).isZero();
        assertThat(kernel.paths()).contains(cgroups.directories().getFirst().resolve("7"));
    }

    @Test
    void allIsAsBeforeOnceItIsClosed() throws Exception {
        Cgroups cgroups = open();
        cgroups.make("7", LIMITS);

        cgroups.close();
        cgroups.close();

        assertThat(kernel.paths()).containsExactly(SERVICE);
        assertThat(kernel.group(SERVICE).processes).containsExactly(SELF);
        assertThat(kernel.group(SERVICE).passedOn).isEmpty();
    }

    @Test
    void aGroupWithOthersInItIsLeftAsItWas() {
        kernel.addProcess(SERVICE, 4711);

        assertThatThrownBy(this::open)
                .isInstanceOf(CgroupsUnavailableException.class)
                .hasMessageContaining("give the runner a group in which no other process is");
        assertThat(kernel.paths()).containsExactly(SERVICE);
        assertThat(kernel.group(SERVICE).processes).containsExactlyInAnyOrder(SELF, 4711L);
    }

    @Test
    void whatGroupsOfOthersGetIsNotChangedForThem() throws Exception {
        Path other = SERVICE.resolve("other");
        kernel.create(other);

        assertThatThrownBy(this::open)
                .isInstanceOf(CgroupsUnavailableException.class)
                .hasMessageContaining("does not pass on memory pids")
                .hasMessageContaining("others have groups in it");
        assertThat(kernel.paths()).containsExactly(SERVICE, other);
        assertThat(kernel.group(SERVICE).passedOn).isEmpty();
        assertThat(kernel.group(SERVICE).processes).containsExactly(SELF);
    }

    @Test
    void whatGroupsOfOthersHaveComeToUseIsNotTakenFromThem() throws Exception {
        Cgroups cgroups = open();
        cgroups.make("7", LIMITS);
        Path other = SERVICE.resolve("other");
        kernel.create(other);
        kernel.write(other.resolve("memory.max"), "1000");

        cgroups.close();

        assertThat(kernel.group(SERVICE).passedOn).containsExactlyInAnyOrder("memory", "pids");
        assertThat(kernel.group(other).settings).containsEntry("memory.max", "1000");
        Path own = cgroups.directories().getFirst();
        assertThat(kernel.paths()).containsExactly(SERVICE, own, own.resolve("runner"), other);
    }

    @Test
    void whatMayNotBeWrittenOrDoesNotLimitIsSaid() {
        kernel.close(SERVICE);
        assertThatThrownBy(this::open)
                .isInstanceOf(CgroupsUnavailableException.class)
                .hasMessageContaining("may not be written");

        var poor = new UnifiedKernel(SERVICE, "cpu", "pids");
        assertThatThrownBy(() -> new CgroupOpening(poor, processes).open(new CgroupPlace.Unified(SERVICE)))
                .isInstanceOf(CgroupsUnavailableException.class)
                .hasMessageContaining("offers cpu pids (needed: memory pids)");
    }

    @Test
    void whatAKilledRunnerLeftGoesAndWhatBelongsToOthersStays() throws Exception {
        var gone = new GroupOwner(KnownProcesses.SELF.namespace(), 99, "1000");
        var living = new GroupOwner(KnownProcesses.SELF.namespace(), 98, "1000");
        var elsewhere = new GroupOwner("1", 97, "1000");
        processes.living.add(living);
        kernel.isMachines = true;
        kernel.create(SERVICE.resolve("docker"));
        kernel.write(SERVICE.resolve(UnifiedHierarchy.PASSED_ON), "+memory");
        kernel.write(SERVICE.resolve(UnifiedHierarchy.PASSED_ON), "+pids");
        for (GroupOwner owner : new GroupOwner[] {gone, living, elsewhere}) {
            kernel.create(SERVICE.resolve(owner.groupName(1)));
            kernel.create(SERVICE.resolve(owner.groupName(1)).resolve("runner"));
            kernel.create(SERVICE.resolve(owner.groupName(1)).resolve("3"));
        }

        open().close();

        assertThat(kernel.groups(SERVICE))
                .containsExactlyInAnyOrder(
                        SERVICE.resolve("docker"),
                        SERVICE.resolve(living.groupName(1)),
                        SERVICE.resolve(elsewhere.groupName(1)));
    }

    private Cgroups open() throws CgroupsUnavailableException {
        return new CgroupOpening(kernel, processes).open(new CgroupPlace.Unified(SERVICE));
    }
}
