package io.bascule.benchmarks.tasks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts {@link Measure} in a virtual machine like this one. {@code JAVA_OPTIONS} adds flags, such as those of a recording. */
final class Java {

    private Java() {}

    static ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        Stream.of("jobs", "warm", "seconds", "warm-up")
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(options("JAVA_OPTIONS"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Measure.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** The words of a variable of the environment. */
    static List<String> options(String variable) {
        String options = System.getenv().getOrDefault(variable, "");
        return Stream.of(options.split(" ", -1))
                .filter(option -> !option.isBlank())
                .toList();
    }
}
