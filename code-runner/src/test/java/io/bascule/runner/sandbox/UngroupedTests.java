package io.bascule.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.runner.cgroup.Cgroups;
import io.bascule.runner.cgroup.NeedsCgroups;
import io.bascule.testsupport.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that have control groups and cannot get into them. */
@NeedsCgroups
@NeedsSandbox
@Timeout(60)
class UngroupedTests {

    @TempDir
    Path directory;

    private Cgroups cgroups;
    private SandboxFiles files;

    @BeforeEach
    void open() throws Exception {
        cgroups = Cgroups.open();
        files = SandboxFiles.create(null, null);
    }

    @AfterEach
    void close() {
        files.delete();
        cgroups.close();
    }

    @Test
    void areStartedWithoutThemWhereThatMayBe() throws Exception {
        var limits = new ProcessLimits(CgroupPolicy.AUTO, cgroups, 8);
        Launcher launcher = launcher(limits, Language.JAVASCRIPT, List.of(directory));
        try (SandboxedProcess process = launcher.startProcess("none", new MemorySize(192), null)) {
            assertThat(process.keeper()).isEqualTo(LimitKeeper.WATCHDOG);
            assertThat(process.awaitExit().number()).isEqualTo(EndingProgram.CODE);
            assertThat(limits.keeper()).isEqualTo(LimitKeeper.WATCHDOG);
            assertThat(limits.lacking(() -> {})).isEmpty();
        } finally {
            launcher.stop();
        }
        Await.until(() -> groups().isEmpty());
    }

    @Test
    void areRefusedWhereTheyMustHaveThem() throws Exception {
        var limits = new ProcessLimits(CgroupPolicy.REQUIRED, cgroups, 8);
        Launcher launcher = launcher(limits, Language.JAVASCRIPT, List.of(directory));
        try {
            assertThatThrownBy(() -> launcher.startProcess("none", new MemorySize(192), null))
                    .isInstanceOf(ProcessRefusedException.class)
                    .hasMessageContaining("entering the control group");
            assertThat(limits.keeper()).isEqualTo(LimitKeeper.CGROUP);
        } finally {
            launcher.stop();
        }
    }

    @Test
    void keepARunnerUnreadyUntilOneGetsIntoThemHoweverOftenItIsAsked() throws Exception {
        var limits = new ProcessLimits(CgroupPolicy.REQUIRED, cgroups, 8);
        Launcher lost = launcher(limits, Language.JAVASCRIPT, List.of(directory));
        try {
            assertThatThrownBy(() -> lost.startProcess("none", new MemorySize(192), null))
                    .isInstanceOf(ProcessRefusedException.class);
            for (int time = 1; time <= 3; time++) {
                assertThat(limits.lacking(() -> startAndEnd(lost)))
                        .as("asked %d times", time)
                        .hasValueSatisfying(why -> assertThat(why).contains("entering the control group"));
            }
        } finally {
            lost.stop();
        }
        Launcher found = launcher(limits, Language.PYTHON, cgroups.directories());
        try {
            assertThat(limits.lacking(() -> startAndEnd(found))).isEmpty();
            assertThat(limits.lacking(() -> {
                        throw new AssertionError("nothing is tried where nothing fails");
                    }))
                    .isEmpty();
        } finally {
            found.stop();
        }
        Await.until(() -> groups().isEmpty());
    }

    private static void startAndEnd(Launcher launcher) {
        launcher.startProcess("none", new MemorySize(192), null).close();
    }

    /** At the language's places, looking for groups in these. */
    private Launcher launcher(ProcessLimits limits, Language language, List<Path> groups) throws Exception {
        LauncherPlaces places = files.places(language);
        var command = new ArrayList<>(List.of(
                files.launcher().toString(),
                places.socket().toString(),
                places.jobs().toString(),
                EndingProgram.in(directory).toString()));
        groups.forEach(group -> command.addAll(List.of(Launcher.CGROUP, group.toString())));
        command.add("--");
        return Launcher.start(places, new ProcessBuilder(command), new AtomicLong()::incrementAndGet, limits);
    }

    /** Those of processes that there are. */
    private List<Path> groups() {
        List<Path> found = new ArrayList<>();
        for (Path own : cgroups.directories()) {
            try (var entries = Files.list(own)) {
                entries.filter(entry -> Files.isDirectory(entry) && !entry.endsWith("runner"))
                        .forEach(found::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return found;
    }
}
