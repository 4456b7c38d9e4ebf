package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.LauncherSandbox;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.TestSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Looks for what is left of jobs once none runs: processes, directories, mounts, cgroups, descriptors. */
final class Leftovers {

    /** Those of a launcher that has no jobs: its connections, and what its jobs may see. */
    private static final int DESCRIPTORS_AT_REST = 64 + 16;

    private Leftovers() {}

    /** Each in words; those that wait in a pool, told last because it only grows at rest, have processes and directories too. */
    static List<String> of(LauncherSandbox sandbox, IntSupplier waiting) throws IOException {
        var found = new ArrayList<String>();
        List<ProcessHandle> launchers = TestSandbox.launchers(sandbox);
        List<ProcessHandle> processes = launchers.stream()
                .flatMap(launcher -> launcher.descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
        List<Path> directories = TestSandbox.directories(sandbox);
        // A process that is being made ready is there before it counts, with the one that makes it.
        int expected = waiting.getAsInt() + 2 * sandbox.languages().size();
        if (processes.size() > expected) {
            found.add("processes " + processes);
        }
        if (directories.size() > expected) {
            found.add("directories " + directories);
        }
        mountsAt(TestSandbox.root(sandbox)).forEach(mount -> found.add("mount " + mount));
        TestSandbox.cgroups(sandbox).stream()
                .filter(groups -> groups.size() > expected)
                .forEach(groups -> found.add("cgroups " + groups));
        if (sandbox.confinement().limits() == LimitKeeper.WATCHDOG) {
            String ownCgroup = Files.readString(Path.of("/proc/self/cgroup"));
            processes.stream()
                    .filter(process -> !cgroup(process, ownCgroup).equals(ownCgroup))
                    .filter(process -> !endsSoon(process))
                    .forEach(process -> found.add("cgroup of " + process));
        }
        for (ProcessHandle launcher : launchers) {
            mountsOfJobs(launcher).forEach(mount -> found.add("mount of a job " + mount));
            long descriptors = count(Path.of("/proc", Long.toString(launcher.pid()), "fd"));
            if (descriptors > DESCRIPTORS_AT_REST + expected) {
                found.add("%d descriptors of launcher %s".formatted(descriptors, launcher));
            }
        }
        return found;
    }

    private static List<String> mountsAt(Path root) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(line -> line.contains(root.toString()))
                .toList();
    }

    /** A job's directory is mounted in its own namespace, and must not be seen from that of the launcher. */
    private static List<String> mountsOfJobs(ProcessHandle launcher) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(launcher.pid()), "mounts")).stream()
                    .filter(line -> line.split(" ", -1)[1].endsWith("/job"))
                    .toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    private static String cgroup(ProcessHandle process, String whenGone) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cgroup"));
        } catch (IOException gone) {
            return whenGone;
        }
    }

    /** The kernel takes a process out of its cgroup a moment before it is gone. */
    private static boolean endsSoon(ProcessHandle process) {
        try {
            process.onExit().get(60, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException stays) {
            return false;
        }
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }
}
