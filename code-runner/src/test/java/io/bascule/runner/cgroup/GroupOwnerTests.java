package io.bascule.runner.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupOwnerTests {

    @Test
    void aGroupsNameTellsItsOwner() {
        var owner = new GroupOwner("4026531836", 12, "345");

        assertThat(GroupOwner.ofGroup(owner.groupName(1))).contains(owner);
        assertThat(GroupOwner.ofGroup(owner.groupName(2))).contains(owner);
        assertThat(owner.groupName(1)).isNotEqualTo(owner.groupName(2));
    }

    @Test
    void othersGroupsHaveNone() {
        assertThat(GroupOwner.ofGroup("docker")).isEmpty();
        assertThat(GroupOwner.ofGroup("bascule-runner-1-2-3")).isEmpty();
        assertThat(GroupOwner.ofGroup("bascule-runner-a-2-3-4")).isEmpty();
    }

    @Test
    void aProcessLivesUntilItHasEndedAndNoOtherOfItsNumberIsTakenForIt() throws Exception {
        Processes processes = Processes.ofThisMachine();
        GroupOwner self = processes.self();

        assertThat(processes.lives(self)).isTrue();
        assertThat(processes.lives(new GroupOwner(self.namespace(), self.pid(), "1")))
                .isFalse();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertThat(processes.lives(new GroupOwner(self.namespace(), ended.pid(), self.started())))
                .isFalse();
    }
}
