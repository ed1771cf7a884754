package dev.pitot.output.text;

import dev.pitot.model.finding.Finding;
import dev.pitot.model.finding.Findings;
import dev.pitot.output.Lines;
import java.util.List;

/// Prints the most important findings of a test: two lines each, the sentence and the next step.
final class FindingsText {
    private static final int MAX = 3;

    private final boolean isBidirectional;
    private final Lines out;

    FindingsText(boolean isBidirectional, Lines out) {
        this.isBidirectional = isBidirectional;
        this.out = out;
    }

    void print(Findings findings) {
        List<Finding> found = findings.found();
        if (found.isEmpty()) {
            return;
        }
        out.print("");
        out.print("Findings");
        for (Finding finding : found.subList(0, Math.min(MAX, found.size()))) {
            String direction = !isBidirectional ? "" : finding.role().isSender() ? "sending: " : "receiving: ";
            String certainty = finding.confidence() == Finding.Confidence.STRONG ? "" : "maybe: ";
            out.print("  " + direction + certainty + finding.sentence());
            out.print("    next: " + finding.nextStep());
        }
        if (found.size() > MAX) {
            out.print("  (" + (found.size() - MAX) + " more with -J)");
        }
    }
}
