package dev.pitot.lab.results;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// `junit.xml`, which servers of continuous integration read: a suite for each test of the
/// plan, a case for each time it ran. A missed threshold is a failure, a test that could not be
/// measured an error, one that was stopped is skipped.
final class JunitReport {
    private final XMLStreamWriter xml;

    private JunitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /// The document.
    static String of(SessionSummary summary) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitReport(xml).document(summary);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory can be written", e);
        }
        return text.toString();
    }

    private void document(SessionSummary summary) throws XMLStreamException {
        Map<String, List<RunResult>> suites = summary.runs().stream()
                .collect(
                        Collectors.groupingBy(run -> run.id().group().test(), LinkedHashMap::new, Collectors.toList()));
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        suite("testsuites", summary.title(), summary.runs());
        for (Map.Entry<String, List<RunResult>> suite : suites.entrySet()) {
            suite("testsuite", suite.getKey(), suite.getValue());
            for (RunResult run : suite.getValue()) {
                testCase(run);
            }
            end();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void suite(String element, String name, List<RunResult> runs) throws XMLStreamException {
        SessionSummary.Counts counts = SessionSummary.Counts.of(runs);
        xml.writeStartElement(element);
        attributes("name", name, "tests", String.valueOf(runs.size()), "failures", String.valueOf(counts.missed()));
        attributes("errors", String.valueOf(counts.failed()), "skipped", String.valueOf(counts.stopped()));
        attributes("time", seconds(runs.stream().map(JunitReport::length).reduce(Duration.ZERO, Duration::plus)));
        xml.writeCharacters("\n");
    }

    private void testCase(RunResult run) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attributes("classname", run.id().group().test());
        attributes("name", run.id().text()); // without the number: the same in every session of the plan
        attributes("time", seconds(length(run)));
        xml.writeStartElement("properties");
        xml.writeEmptyElement("property");
        attributes("name", "number", "value", String.valueOf(run.id().number()));
        xml.writeEndElement();
        switch (run.verdict().kind()) {
            case PASSED -> {}
            case MISSED -> problem("failure", run.verdict());
            case FAILED -> problem("error", run.verdict());
            case STOPPED -> problem("skipped", run.verdict());
        }
        end();
    }

    private void problem(String element, RunResult.Verdict verdict) throws XMLStreamException {
        xml.writeEmptyElement(element);
        if (verdict.errorKind() != null) {
            attributes("type", ResultFields.word(verdict.errorKind()));
        }
        attributes("message", verdict.reason() == null ? ResultFields.word(verdict.kind()) : verdict.reason());
    }

    /// Names and values by turns.
    private void attributes(String... namesAndValues) throws XMLStreamException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            xml.writeAttribute(namesAndValues[i], TextSanitizer.xml(namesAndValues[i + 1]));
        }
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private static Duration length(RunResult run) {
        return Duration.between(run.time().began(), run.time().ended());
    }

    private static String seconds(Duration length) {
        return BigDecimal.valueOf(length.toMillis(), 3).toPlainString();
    }
}
