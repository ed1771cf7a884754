package dev.pitot.lab.store;

import dev.pitot.lab.connection.LineListener;
import java.nio.file.Path;
import java.util.List;

/// A program that keeps results: it ends one run, then writes lines of another and says which are
/// written, until it is killed or has written as many as it is told.
final class WritingProgram {
    private WritingProgram() {}

    /// Writes.
    ///
    /// @param args the folder to write below, and how many lines
    @SuppressWarnings("SystemOut") // a program's
    public static void main(String[] args) throws StoreException {
        try (ResultsFolder folder = Samples.folder(Path.of(args[0]), FourTests.PLAN)) {
            RunFiles first = folder.begin(FourTests.FIRST, 1, List.of());
            first.raw(Side.SENDER).onLine(Samples.out(0, "whole"));
            folder.end(first, Samples.result(FourTests.FIRST, Samples.nothing(), Samples.passed()));
            RunFiles second = folder.begin(FourTests.SECOND, 1, List.of());
            LineListener raw = second.raw(Side.SENDER);
            second.raw(Side.RECEIVER).onLine(Samples.out(0, "short"));
            for (int i = 1; i <= Integer.parseInt(args[1]); i++) {
                raw.onLine(Samples.out(i, "line " + i));
                if (!Boolean.getBoolean("quiet")) {
                    System.out.println("told " + i);
                }
            }
            RunResult kept = folder.end(second, Samples.result(FourTests.SECOND, Samples.nothing(), Samples.passed()));
            System.out.println(kept.verdict().kind() + " " + kept.verdict().reason());
            System.out.println(folder.finish().counts().text() + " " + folder.faults());
        }
    }
}
