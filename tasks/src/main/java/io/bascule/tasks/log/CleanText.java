package io.bascule.tasks.log;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Makes foreign text harmless for every reader: no escape sequences (colours, titles, links, cursor moves), no control
 * characters but the tab, nothing that turns the direction of writing, no halves of characters.
 */
final class CleanText {

    private static final String CUT = " … (cut)";
    /** CSI and OSC/DCS/APC/PM/SOS sequences, as 7-bit and as 8-bit codes, then any other two-character escape. */
    private static final Pattern ESCAPES = Pattern.compile("(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]?"
            + "|(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\x1b\\\\|\\x9c)?"
            + "|\\x1b[ -/]*[0-~]?");

    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\u2028\\u2029]");
    private static final Pattern TURNING =
            Pattern.compile("[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private CleanText() {}

    static String clean(String line) {
        if (isPlain(line)) {
            return line;
        }
        String withoutEscapes = ESCAPES.matcher(line).replaceAll("");
        String withoutControls = CONTROLS.matcher(withoutEscapes).replaceAll("");
        String upright = TURNING.matcher(withoutControls).replaceAll("\ufffd");
        return whole(upright);
    }

    /** At most so many bytes of UTF-8, with a mark where something was cut. */
    static String cut(String line, int mostBytes) {
        if (line.length() * 3L <= mostBytes || bytes(line) <= mostBytes) {
            return line;
        }
        int room = mostBytes - bytes(CUT);
        int end = 0;
        int used = 0;
        while (end < line.length()) {
            int character = line.codePointAt(end);
            used += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (used > room) {
                break;
            }
            end += Character.charCount(character);
        }
        return line.substring(0, end) + CUT;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isPlain(String line) {
        return line.chars().allMatch(character -> (character >= ' ' && character < 0x7f) || character == '\t');
    }

    /** Half a character (a lone surrogate) has no bytes in UTF-8. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
