package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.worker.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a read-only transaction does not refuse by itself: whatever ends it (a procedure can), and files that the server writes.
 * Statements are told by their words; what is quoted or commented is passed over, in each way in which a server may read it.
 */
final class ReadOnly {

    private static final Set<String> READING =
            Set.of("select", "with", "values", "table", "show", "describe", "desc", "explain");

    /** Also behind a number, which ends where its digits do: 1e0outfile is a number and a word. */
    private static final Pattern FILE = Pattern.compile("(e\\d+)?(out|dump)file");

    /** Quotes in which backslashes are escapes: by default, where double quotes are for names (ANSI_QUOTES), and where there are none. */
    private static final List<String> READINGS = List.of("'\"", "'", "");

    private static final char DELETE = 0x7F;

    private ReadOnly() {}

    static void require(String statement) throws TaskFailure {
        if (statement.indexOf(0) >= 0) {
            throw refusal("The task is read-only and its statement has a character 0, at which servers end comments");
        }
        for (String escaping : READINGS) {
            require(words(statement, escaping));
        }
    }

    private static void require(List<String> words) throws TaskFailure {
        String first = words.isEmpty() ? "" : words.getFirst();
        if (!READING.contains(first)) {
            throw refusal(
                    "The task is read-only and its statement begins with %s (expected: SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE or EXPLAIN)"
                            .formatted(first.isEmpty() ? "no word" : first.toUpperCase(Locale.ROOT)));
        }
        if (words.stream().anyMatch(word -> FILE.matcher(word).matches())) {
            throw refusal(
                    "The task is read-only and its statement has the server write a file (OUTFILE, DUMPFILE; quote a name that"
                            + " is one of these)");
        }
    }

    private static TaskFailure refusal(String why) {
        return TaskFailure.forGood("read-only", why + "; give \"readOnly\": false if it shall change something");
    }

    private static List<String> words(String text, String escaping) throws TaskFailure {
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
                at = afterQuoted(text, at, escaping.indexOf(here) >= 0);
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

    /** Two dashes are a comment only before a space or a control character; otherwise they are two signs. */
    private static boolean lineComment(String text, int at) {
        return text.startsWith("--", at)
                && (at + 2 == text.length() || text.charAt(at + 2) <= ' ' || text.charAt(at + 2) == DELETE);
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
