package dev.pitot.cli.lab;

import dev.pitot.lab.store.Results;
import dev.pitot.lab.store.SessionSummary.Counts;
import dev.pitot.output.json.JsonObjectWriter;
import dev.pitot.output.text.ControlCharacterFilter;
import java.util.List;
import java.util.stream.Collectors;

/// Sessions, a line each.
final class SessionList {
    private SessionList() {}

    static String text(List<Results.Session> sessions) {
        return sessions.stream()
                .map(session -> ControlCharacterFilter.line(
                        session.began() + "  " + session.folder() + "  " + session.title() + "  " + session.planned()
                                + " planned, " + session.counts().text()))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static String json(List<Results.Session> sessions) {
        return sessions.stream().map(session -> object(session) + "\n").collect(Collectors.joining());
    }

    private static JsonObjectWriter object(Results.Session session) {
        Counts counts = session.counts();
        return new JsonObjectWriter()
                .put("folder", session.folder())
                .put("title", session.title())
                .put("began", session.began())
                .put("planned", session.planned())
                .put("passed", counts.passed())
                .put("missed", counts.missed())
                .put("failed", counts.failed())
                .put("stopped", counts.stopped());
    }
}
