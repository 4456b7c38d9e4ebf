package io.bascule.deploy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the comments above the keys of a chart's values.yaml say of them, by path ({@code image.tag}). */
final class ValueComments {

    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]\\w*):.*");
    private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");

    private record Level(int indent, String path) {}

    private final Map<String, String> byPath = new HashMap<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private final StringBuilder comment = new StringBuilder();

    private ValueComments() {}

    static Map<String, String> of(String yaml) {
        var comments = new ValueComments();
        yaml.lines().forEach(comments::read);
        return Map.copyOf(comments.byPath);
    }

    private void read(String line) {
        Matcher remark = COMMENT.matcher(line);
        Matcher key = KEY.matcher(line);
        if (remark.matches()) {
            comment.append(comment.isEmpty() ? "" : " ").append(remark.group(1));
        } else if (key.matches()) {
            enter(key.group(1).length(), key.group(2));
        } else {
            comment.setLength(0);
        }
    }

    private void enter(int indent, String name) {
        while (!levels.isEmpty() && levels.peek().indent() >= indent) {
            levels.pop();
        }
        String path = levels.isEmpty() ? name : levels.peek().path() + "." + name;
        levels.push(new Level(indent, path));
        if (!comment.isEmpty()) {
            byPath.put(path, comment.toString().replace("|", "\\|").replace("<", "\\<"));
            comment.setLength(0);
        }
    }
}
