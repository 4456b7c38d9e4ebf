package io.bascule.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Aligned columns under headings. */
final class Table {

    private static final String GAP = "  ";

    private Table() {}

    static void print(List<Column> columns, List<JsonNode> items, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        items.forEach(item ->
                rows.add(columns.stream().map(column -> column.textOf(item)).toList()));
        int[] widths = widths(rows, columns.size());
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static int[] widths(List<List<String>> rows, int columns) {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String text = row.get(column);
            line.append(text).append(" ".repeat(widths[column] - text.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
