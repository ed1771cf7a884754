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
        line();
        xml.writeStartElement("testsuites");
        attribute("name", summary.title());
        counts(summary.runs());
        line();
        for (Map.Entry<String, List<RunResult>> suite : suites.entrySet()) {
            xml.writeStartElement("testsuite");
            attribute("name", suite.getKey());
            counts(suite.getValue());
            line();
            for (RunResult run : suite.getValue()) {
                testCase(run);
            }
            xml.writeEndElement();
            line();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void counts(List<RunResult> runs) throws XMLStreamException {
        SessionSummary.Counts counts = SessionSummary.Counts.of(runs);
        attribute("tests", String.valueOf(runs.size()));
        attribute("failures", String.valueOf(counts.missed()));
        attribute("errors", String.valueOf(counts.failed()));
        attribute("skipped", String.valueOf(counts.stopped()));
        attribute("time", seconds(runs.stream().map(JunitReport::length).reduce(Duration.ZERO, Duration::plus)));
    }

    private void testCase(RunResult run) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", run.id().group().test());
        attribute("name", run.id().text()); // without the number: the same in every session of the plan
        attribute("time", seconds(length(run)));
        xml.writeStartElement("properties");
        xml.writeEmptyElement("property");
        attribute("name", "number");
        attribute("value", String.valueOf(run.id().number()));
        xml.writeEndElement();
        switch (run.verdict().kind()) {
            case PASSED -> {}
            case MISSED -> problem("failure", run);
            case FAILED -> problem("error", run);
            case STOPPED -> problem("skipped", run);
        }
        xml.writeEndElement();
        line();
    }

    private void problem(String element, RunResult run) throws XMLStreamException {
        RunResult.Verdict verdict = run.verdict();
        xml.writeEmptyElement(element);
        if (verdict.errorKind() != null) {
            attribute("type", ResultFields.word(verdict.errorKind()));
        }
        attribute("message", verdict.reason() == null ? ResultFields.word(verdict.kind()) : verdict.reason());
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, TextSanitizer.xml(value));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private static Duration length(RunResult run) {
        return Duration.between(run.time().began(), run.time().ended());
    }

    private static String seconds(Duration length) {
        return BigDecimal.valueOf(length.toMillis(), 3).toPlainString();
    }
}
