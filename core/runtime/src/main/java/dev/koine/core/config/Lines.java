package dev.koine.core.config;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ (longest common subsequence). */
record Lines(List<String> removed, List<String> added) {
    private static final int MAX_CELLS = 4_000_000;

    Lines {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    static Lines between(String before, String after) {
        var old = before.lines().toList();
        var now = after.lines().toList();
        int head = 0;
        while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < old.size() - head && tail < now.size() - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        return middle(old.subList(head, old.size() - tail), now.subList(head, now.size() - tail));
    }

    private static Lines middle(List<String> old, List<String> now) {
        if ((long) old.size() * now.size() > MAX_CELLS) {
            return new Lines(old, now);
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var removed = new ArrayList<String>();
        var added = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (j == now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                removed.add(old.get(i++));
            } else {
                added.add(now.get(j++));
            }
        }
        return new Lines(removed, added);
    }
}
