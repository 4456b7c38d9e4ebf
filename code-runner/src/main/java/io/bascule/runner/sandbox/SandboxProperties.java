package io.bascule.runner.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How processes are confined.
 *
 * @param minimumLevel the runner refuses to start where less can be had
 * @param level the level to reach for; where that cannot be had, the one below is taken
 * @param node the Node program, 20 or newer; found on the PATH when absent
 * @param python the Python program, 3.9 or newer; found on the PATH when absent, and functions in Python are refused where
 *     there is none
 * @param launcher a ready sandbox launcher; the one that was built with this service when absent
 * @param directory in whose subdirectory {@code sandbox}, emptied at start, the processes' directories are made; one of its
 *     own below the system's temporary directory when absent. Its parents must be searchable by everyone when the runner runs as root
 * @param largestFile the largest file a process may write
 * @param diskBytes most bytes in a job's directory
 * @param files most files in a job's directory
 * @param threads most threads of a job, where control groups keep that
 * @param cgroups whether processes get control groups
 */
@ConfigurationProperties("bascule.runner")
record SandboxProperties(
        @DefaultValue("confined") SandboxLevel minimumLevel,
        @DefaultValue("namespaced") SandboxLevel level,
        @Nullable Path node,
        @Nullable Path python,
        @Nullable Path launcher,
        @Nullable Path directory,
        @DefaultValue("64MB") DataSize largestFile,
        @DefaultValue("67108864") long diskBytes,
        @DefaultValue("10000") int files,
        @DefaultValue("64") int threads,
        @DefaultValue("auto") CgroupPolicy cgroups) {}
