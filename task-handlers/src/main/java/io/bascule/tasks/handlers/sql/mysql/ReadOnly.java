package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.worker.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a read-only transaction does not refuse by itself: whatever ends it (a procedure can), and files that the server writes.
 * Statements are told by their words; what is quoted or commented is passed over.
 */
final class ReadOnly {

    private static final Set<String> READING =
            Set.of("select", "with", "values", "table", "show", "describe", "desc", "explain");
    private static final Set<String> FILES = Set.of("outfile", "dumpfile");

    private ReadOnly() {}

    /** As a server reads it that takes backslashes for escapes, and as one that does not. */
    static void require(String statement) throws TaskFailure {
        require(words(statement, true));
        require(words(statement, false));
    }

    private static void require(List<String> words) throws TaskFailure {
        String first = words.isEmpty() ? "" : words.getFirst();
        if (!READING.contains(first)) {
            throw refusal(
                    "The task is read-only and its statement begins with %s (expected: SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE or EXPLAIN)"
                            .formatted(first.isEmpty() ? "no word" : first.toUpperCase(Locale.ROOT)));
        }
        for (int index = 1; index < words.size(); index++) {
            if (FILES.contains(words.get(index)) && words.get(index - 1).equals("into")) {
                throw refusal("The task is read-only and its statement has the server write a file");
            }
        }
    }

    private static TaskFailure refusal(String why) {
        return TaskFailure.forGood("read-only", why + "; give \"readOnly\": false if it shall change something");
    }

    private static List<String> words(String text, boolean escapes) throws TaskFailure {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char here = text.charAt(at);
            if (text.startsWith("/*!", at) || text.startsWith("/*M!", at)) {
                throw refusal("The task is read-only and its statement has a comment that servers execute (/*!)");
            } else if (text.startsWith("/*", at)) {
                at = after(text, "*/", at + 2);
            } else if (here == '#' || lineComment(text, at)) {
                at = after(text, "\n", at);
            } else if (here == '\'' || here == '"' || here == '`') {
                at = afterQuoted(text, at, escapes && here != '`');
            } else if (Character.isLetter(here) || here == '_' || here == '@') {
                int end = at;
                while (end < text.length() && partOfWord(text.charAt(end))) {
                    end++;
                }
                words.add(text.substring(at, end).toLowerCase(Locale.ROOT));
                at = end;
            } else {
                at++;
            }
        }
        return words;
    }

    private static boolean partOfWord(char here) {
        return Character.isLetterOrDigit(here) || here == '_' || here == '$' || here == '@';
    }

    /** Two dashes are a comment only before a space; otherwise they are two signs. */
    private static boolean lineComment(String text, int at) {
        return text.startsWith("--", at) && (at + 2 == text.length() || text.charAt(at + 2) <= ' ');
    }

    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private static int afterQuoted(String text, int from, boolean escapes) {
        char quote = text.charAt(from);
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += escapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }
}
