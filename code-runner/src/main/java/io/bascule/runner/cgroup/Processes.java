package io.bascule.runner.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** The processes that can be seen from here. */
interface Processes {

    /** This one. */
    GroupOwner self() throws IOException;

    boolean lives(GroupOwner owner);

    /** Those that {@code /proc} shows. */
    static Processes ofThisMachine() {
        return new OfThisMachine();
    }

    /** Reads {@code /proc}. */
    final class OfThisMachine implements Processes {

        private static final Pattern NUMBER = Pattern.compile("\\d+");
        /** Counted from the field after the program's name, which may itself contain blanks (proc(5), "stat"). */
        private static final int STARTED = 19;

        private static final int STATE = 0;
        /** Ended, and not waited for yet. */
        private static final Set<String> HAS_ENDED = Set.of("Z", "X");

        @Override
        public GroupOwner self() throws IOException {
            long pid = ProcessHandle.current().pid();
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            String number = NUMBER.matcher(namespace)
                    .results()
                    .map(result -> result.group())
                    .findFirst()
                    .orElse("0");
            return new GroupOwner(number, pid, stat(pid)[STARTED]);
        }

        /** Where it cannot be told, it does: what is its own must not be taken from it. */
        @Override
        public boolean lives(GroupOwner owner) {
            try {
                String[] stat = stat(owner.pid());
                return stat[STARTED].equals(owner.started()) && !HAS_ENDED.contains(stat[STATE]);
            } catch (NoSuchFileException gone) {
                return false;
            } catch (IOException unknown) {
                return true;
            }
        }

        private static String[] stat(long pid) throws IOException {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        }
    }
}
