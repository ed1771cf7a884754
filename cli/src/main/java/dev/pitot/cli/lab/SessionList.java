package dev.pitot.cli.lab;

import dev.pitot.lab.results.Results;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.output.text.ControlCharacterFilter;
import java.util.List;
import java.util.stream.Collectors;

/// Sessions, a line each.
final class SessionList {
    private SessionList() {}

    static String text(List<Results> sessions) {
        return sessions.stream()
                .map(each -> ControlCharacterFilter.line(each.session().began() + "  " + each.folder() + "  "
                        + each.session().title() + "  " + each.session().planned() + " planned, "
                        + each.summary().counts().text()))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static String json(List<Results> sessions) {
        return sessions.stream().map(each -> object(each) + "\n").collect(Collectors.joining());
    }

    private static JsonObjectWriter object(Results results) {
        Counts counts = results.summary().counts();
        Results.SessionInfo session = results.session();
        return new JsonObjectWriter()
                .put("folder", results.folder())
                .put("title", session.title())
                .put("began", session.began())
                .put("planned", session.planned())
                .put("passed", counts.passed())
                .put("missed", counts.missed())
                .put("failed", counts.failed())
                .put("stopped", counts.stopped());
    }
}
