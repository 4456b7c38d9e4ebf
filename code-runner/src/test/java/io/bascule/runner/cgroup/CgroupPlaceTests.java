package io.bascule.runner.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.cgroup.CgroupPlace.Nowhere;
import io.bascule.runner.cgroup.CgroupPlace.Split;
import io.bascule.runner.cgroup.CgroupPlace.Unified;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupPlaceTests {

    private static final String ROOT = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw";
    private static final String VERSION_2 =
            "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot";
    private static final String MEMORY = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory";
    private static final String PIDS = "39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids";

    @Test
    void aServiceOfVersionTwoIsInItsOwnGroup() {
        assertThat(place(List.of(ROOT, VERSION_2), "0::/system.slice/bascule-runner.service"))
                .isEqualTo(new Unified(Path.of("/sys/fs/cgroup/system.slice/bascule-runner.service")));
    }

    @Test
    void aContainerThatSeesOnlyItselfIsAtTheTop() {
        assertThat(place(List.of(ROOT, VERSION_2), "0::/")).isEqualTo(new Unified(Path.of("/sys/fs/cgroup")));
    }

    @Test
    void versionOneHasAGroupForEachThing() {
        assertThat(place(List.of(ROOT, MEMORY, PIDS), "8:pids:/", "4:memory:/a/b"))
                .isEqualTo(new Split(Path.of("/sys/fs/cgroup/memory/a/b"), Path.of("/sys/fs/cgroup/pids")));
    }

    @Test
    void versionOneIsTakenWhereVersionTwoIsMountedBesideItWithoutControllers() {
        String beside = "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw";

        assertThat(place(List.of(beside, MEMORY, PIDS), "8:pids:/", "4:memory:/", "0::/user.slice"))
                .isEqualTo(new Split(Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup/pids")));
    }

    @Test
    void controllersOfVersionOneMayShareAMount() {
        String both = "39 31 0:36 / /cgroup/both rw,relatime - cgroup cgroup rw,memory,pids";

        assertThat(place(List.of(both), "4:pids,memory:/x"))
                .isEqualTo(new Split(Path.of("/cgroup/both/x"), Path.of("/cgroup/both/x")));
    }

    @Test
    void whatIsMountedMayBeginFurtherDown() {
        String below = "35 31 0:32 /docker/1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory";

        assertThat(place(List.of(below, PIDS), "8:pids:/", "4:memory:/docker/1/own"))
                .isEqualTo(new Split(Path.of("/sys/fs/cgroup/memory/own"), Path.of("/sys/fs/cgroup/pids")));
        assertThat(place(List.of(below, PIDS), "8:pids:/", "4:memory:/docker/2"))
                .isInstanceOf(Nowhere.class);
    }

    @Test
    void aProcessOutsideOfWhatIsMountedIsNowhere() {
        assertThat(place(List.of(ROOT, VERSION_2), "0::/../other")).isInstanceOf(Nowhere.class);
        assertThat(place(List.of(ROOT), "0::/")).isInstanceOf(Nowhere.class);
        assertThat(place(List.of(ROOT, MEMORY), "8:pids:/", "4:memory:/")).isInstanceOf(Nowhere.class);
        assertThat(place(List.of(ROOT))).isInstanceOf(Nowhere.class);
    }

    private static CgroupPlace place(List<String> mounts, String... memberships) {
        return CgroupPlace.of(mounts, List.of(memberships));
    }
}
