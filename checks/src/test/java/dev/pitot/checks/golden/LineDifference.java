package dev.pitot.checks.golden;

import java.util.ArrayList;
import java.util.List;

/// Shortest difference between two lists of lines: removed lines begin with `-`, added lines with `+`.
final class LineDifference {
    private LineDifference() {}

    static List<String> between(List<String> old, List<String> now) {
        int[][] common = commonLengths(old, now);
        List<String> difference = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                difference.add("-" + old.get(i++));
            } else {
                difference.add("+" + now.get(j++));
            }
        }
        return difference;
    }

    /// Lengths of the longest common subsequences of the two lists' tails, from each pair of positions
    /// on.
    private static int[][] commonLengths(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
