package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.results.RunResult.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class JunitReportTest {
    @Test
    void whateverADeviceSaysIsWellFormed() throws IOException, SAXException, ParserConfigurationException {
        String hostile = "]]><a b=\"&c;\"> \0\u001b\ud800\ufffe \ud83d\ude00\nnext";
        RunResult result = ResultFixtures.result(
                FourTestsFixture.FOURTH,
                ResultFixtures.nothing(),
                new Verdict(Verdict.Kind.FAILED, null, hostile, List.of()));
        var summary = new SessionSummary(hostile, ResultFixtures.NOON, List.of(result), ResultFixtures.ZONE);
        byte[] bytes = JunitReport.of(summary).getBytes(StandardCharsets.UTF_8);
        Document document =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));

        assertThat(document.getDocumentElement().getAttribute("name"))
                .isEqualTo("]]><a b=\"&c;\"> \ufffd\ufffd\ufffd\ufffd \ud83d\ude00 next");
        assertThat(((Element) document.getElementsByTagName("error").item(0)).getAttribute("message"))
                .isEqualTo("]]><a b=\"&c;\"> \ufffd\ufffd\ufffd\ufffd \ud83d\ude00 next");
    }
}
