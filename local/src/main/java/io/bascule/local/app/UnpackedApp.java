package io.bascule.local.app;

import io.bascule.local.process.Listening;
import io.bascule.local.process.Program;
import io.bascule.local.process.Program.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program in a folder of its own: {@code <jar>} and {@code lib/}, and the start-up cache once it was trained.
 *
 * @param name the program's name
 * @param folder where it lies; named for its content
 * @param jar the file to run, within the folder
 */
public record UnpackedApp(String name, Path folder, String jar) {

    private static final String CACHE = "app.aot";
    private static final String UNFINISHED_CACHE = "app.aot.new";

    /** Quick to start and small: no optimising compiler, one collector thread, short object headers. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** The program as it runs, with its cache if it has one. */
    public List<String> command(int heapMegabytes, List<String> arguments) {
        List<String> command = java(heapMegabytes);
        if (isTrained()) {
            command.add("-XX:AOTCache=" + CACHE);
        }
        command.addAll(List.of("-jar", jar));
        command.addAll(arguments);
        return command;
    }

    private static List<String> java(int heapMegabytes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Xmx" + heapMegabytes + "m");
        return command;
    }

    public boolean isTrained() {
        return Files.exists(folder.resolve(CACHE));
    }

    /** A run that builds the service's context, ends before anything starts and leaves the cache. */
    public Program training(int heapMegabytes, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
        command.addAll(java(heapMegabytes));
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + UNFINISHED_CACHE,
                "-Dspring.context.exit=onRefresh",
                "-Dserver.port=0",
                "-jar",
                jar));
        return new Program("train-" + name, command, environment, folder, Listening.NOWHERE, Ending.DRAIN);
    }

    /** Puts the cache that a training run left into use. */
    public boolean adoptCache() {
        return folder.resolve(UNFINISHED_CACHE)
                .toFile()
                .renameTo(folder.resolve(CACHE).toFile());
    }
}
