package dev.pitot.lab.results;

import dev.pitot.lab.remote.LineListener;
import java.nio.file.Path;
import java.util.List;

/// A program that keeps results: it ends one run, then writes lines of another and says which are
/// written, until it is killed or has written as many as it is told.
final class WriterProgram {
    private WriterProgram() {}

    /// Writes.
    ///
    /// @param args the folder to write below, and how many lines
    @SuppressWarnings("SystemOut") // a program's
    public static void main(String[] args) throws ResultsException {
        try (ResultsFolder folder = ResultFixtures.folder(Path.of(args[0]), FourTestsFixture.PLAN)) {
            RunFiles first = folder.begin(FourTestsFixture.FIRST, 1, List.of());
            first.raw(TestEnd.SENDER).onLine(ResultFixtures.out(0, "whole"));
            folder.end(
                    first,
                    ResultFixtures.result(FourTestsFixture.FIRST, ResultFixtures.nothing(), ResultFixtures.passed()));
            RunFiles second = folder.begin(FourTestsFixture.SECOND, 1, List.of());
            LineListener raw = second.raw(TestEnd.SENDER);
            second.raw(TestEnd.RECEIVER).onLine(ResultFixtures.out(0, "short"));
            for (int i = 1; i <= Integer.parseInt(args[1]); i++) {
                raw.onLine(ResultFixtures.out(i, "line " + i));
                if (!Boolean.getBoolean("quiet")) {
                    System.out.println("told " + i);
                }
            }
            RunResult kept = folder.end(
                    second,
                    ResultFixtures.result(FourTestsFixture.SECOND, ResultFixtures.nothing(), ResultFixtures.passed()));
            System.out.println(kept.verdict().kind() + " " + kept.verdict().reason());
            System.out.println(folder.finish().counts().text() + " " + folder.faults());
        }
    }
}
