package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a picture that belong together.
 *
 * @param head always shown
 * @param rows shown as far as there is room; without any of them the head goes too, unless there never were any
 */
record Block(List<String> head, List<String> rows) {

    static Block fixed(List<String> lines) {
        return new Block(lines, List.of());
    }

    /** All blocks in that many lines, with an empty line between two; the longest gives way first. */
    static List<String> stack(List<Block> blocks, int height) {
        var shown = new ArrayList<Integer>();
        blocks.forEach(block -> shown.add(block.rows.size()));
        while (lines(blocks, shown).size() > height) {
            int longest = shown.indexOf(shown.stream().max(Integer::compare).orElse(0));
            if (shown.isEmpty() || shown.get(longest) == 0) {
                return lines(blocks, shown).subList(0, height);
            }
            shown.set(longest, shown.get(longest) - 1);
        }
        return lines(blocks, shown);
    }

    private static List<String> lines(List<Block> blocks, List<Integer> shown) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i).lines(shown.get(i));
            if (!lines.isEmpty() && !block.isEmpty()) {
                lines.add("");
            }
            lines.addAll(block);
        }
        return lines;
    }

    private List<String> lines(int shown) {
        if (shown == 0 && !rows.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<>(head);
        if (shown < rows.size()) {
            lines.addAll(rows.subList(0, shown - 1));
            lines.add("  … and " + (rows.size() - shown + 1) + " more");
        } else {
            lines.addAll(rows);
        }
        return lines;
    }
}
