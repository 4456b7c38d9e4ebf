package io.bascule.local.process;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the person who started the platform sees: one line at a time, each with the name of who says it. */
public final class Terminal {

    /** Shows nothing. */
    static final Terminal SILENT = new Terminal(new PrintStream(OutputStream.nullOutputStream()), false);

    private static final int NAME_WIDTH = 14;
    private static final int[] COLOURS = {36, 33, 35, 32, 34, 96, 93, 95, 92, 94};

    private final PrintStream out;
    private final boolean coloured;
    private final Map<String, Integer> colours = new LinkedHashMap<>();

    public Terminal(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Prints a line of a process, or of the launcher itself. */
    public synchronized void line(String name, String text) {
        String label = name + " ".repeat(Math.max(0, NAME_WIDTH - name.length())) + " | ";
        out.println(coloured ? "\u001b[" + colourOf(name) + "m" + label + "\u001b[0m" + text : label + text);
    }

    /** Prints what is not a log line: the block at the end. */
    public synchronized void block(String text) {
        out.println(text);
        out.flush();
    }

    private int colourOf(String name) {
        return colours.computeIfAbsent(name, _ -> COLOURS[colours.size() % COLOURS.length]);
    }
}
