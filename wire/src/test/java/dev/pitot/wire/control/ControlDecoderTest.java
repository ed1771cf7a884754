package dev.pitot.wire.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.wire.control.ControlMessage.Extension;
import dev.pitot.wire.control.ControlMessage.OversizedFrame;
import dev.pitot.wire.control.ControlMessage.Parameters;
import dev.pitot.wire.control.ControlMessage.Results;
import dev.pitot.wire.control.ControlMessage.ServerError;
import dev.pitot.wire.control.ControlMessage.State;
import dev.pitot.wire.control.ControlMessage.TruncatedFrame;
import dev.pitot.wire.control.ControlMessage.UnknownState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlDecoderTest {
    private final ControlDecoder client = ControlDecoder.forClient();
    private final ControlDecoder server = ControlDecoder.forServer();

    @Test
    void hasNothingToSayBeforeAMessageIsComplete() {
        server.feed(bytes("0000000c 7b22746370"));

        assertThat(server.next()).isNull();
    }

    @Test
    void aClientHearsTheAnswerToItsOffer() {
        client.feed(bytes("09 50 01 0a"));

        assertThat(all(client))
                .containsExactly(
                        new State(TestState.PARAM_EXCHANGE),
                        new Extension(new ProtocolExtension(1)),
                        new State(TestState.CREATE_STREAMS));
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "01, 1", "02, 2", "03, 3", "04, 4", "7f, 4", "80, 0", "ff, 0"})
    void anAnswerNeverGoesBeyondTheOffer(String sent, int agreed) {
        client.feed(bytes("50 " + sent));

        assertThat(all(client)).containsExactly(new Extension(new ProtocolExtension(agreed)));
    }

    @Test
    void onlyAServerAnswersAnOffer() {
        server.feed(bytes("00000002 7b7d 50 01"));

        assertThat(all(server))
                .containsExactly(new Parameters("{}"), new UnknownState(0x50), new State(TestState.TEST_START));
    }

    @Test
    void aServerHearsParametersThenStates() {
        server.feed(bytes("00000002 7b7d 04 00000002 5b5d 10"));

        assertThat(all(server))
                .containsExactly(
                        new Parameters("{}"),
                        new State(TestState.TEST_END),
                        new Results("[]"),
                        new State(TestState.IPERF_DONE));
    }

    @Test
    void aClientHearsAFrameOnlyAfterBeingAskedForResults() {
        client.feed(bytes("09 0a 01 02 0d 00000002 7b7d 0e"));

        assertThat(all(client))
                .containsExactly(
                        new State(TestState.PARAM_EXCHANGE),
                        new State(TestState.CREATE_STREAMS),
                        new State(TestState.TEST_START),
                        new State(TestState.TEST_RUNNING),
                        new State(TestState.EXCHANGE_RESULTS),
                        new Results("{}"),
                        new State(TestState.DISPLAY_RESULTS));
    }

    @Test
    void takesAllThatWasFed() {
        ByteBuffer arrived = bytes("09 fe 00000012");

        client.feed(arrived);

        assertThat(arrived.hasRemaining()).isFalse();
    }

    @Test
    void bytesThatAreNotUtf8AreKept() {
        server.feed(bytes("00000003 22ff22"));

        assertThat(server.next()).isEqualTo(new Parameters("\"\udcff\""));
    }

    @Test
    void textOfAnyBytesArrivesAsItWasSent() {
        String title = "{\"title\":\"L\udce4tin, ü, €\"}";

        server.feed(ByteBuffer.wrap(ControlEncoder.frame(title)));

        assertThat(server.next()).isEqualTo(new Parameters(title));
    }

    @Test
    void tellsUnknownStatesWithTheirSign() {
        client.feed(bytes("53 80"));

        assertThat(all(client)).containsExactly(new UnknownState('S'), new UnknownState(-128));
    }

    @ParameterizedTest
    @CsvSource({
        "fe0000001b00000007, 27, 7",
        "fe0000001b000000, 27, 0",
        "fe0000001b00, 27, 0",
        "fe0000001b, 27, 0",
        "fe000000, 0, 0",
        "fe, 0, 0",
        "feffffffff80000000, -1, -2147483648",
    })
    void aServerErrorMayEndAnywhere(String hex, int number, int errno) {
        client.feed(bytes(hex));
        client.end();

        assertThat(all(client)).containsExactly(new ServerError(number, errno));
    }

    @Test
    void statesFollowACompleteServerError() {
        client.feed(bytes("fe 00000077 00000000 0b"));

        assertThat(all(client)).containsExactly(new ServerError(119, 0), new State(TestState.SERVER_TERMINATE));
    }

    @Test
    void aServerTakesTheErrorStateForAStateLikeOthers() {
        server.feed(bytes("00000002 7b7d fe 0c"));

        assertThat(all(server))
                .containsExactly(
                        new Parameters("{}"), new State(TestState.SERVER_ERROR), new State(TestState.CLIENT_TERMINATE));
    }

    @ParameterizedTest
    @CsvSource({"00000000, 0", "00002001, 8193", "474554, 0x47455420", "7fffffff, 0x7fffffff", "80000000, 0x80000000"})
    void aFrameOfNoPermittedLengthIsTheLastMessage(String hex, String length) {
        server.feed(bytes(hex.length() == 6 ? hex + "20" : hex));
        server.feed(bytes("00000002 7b7d 04 0c"));
        server.end();

        assertThat(all(server)).containsExactly(new OversizedFrame(Long.decode(length)));
    }

    @Test
    void framesOfTheGreatestLengthsPass() {
        String parameters = "p".repeat(ControlDecoder.MAX_PARAMETERS_BYTES);
        String clientResults = "c".repeat(ControlDecoder.MAX_CLIENT_RESULTS_BYTES);
        String serverResults = "s".repeat(ControlDecoder.MAX_SERVER_RESULTS_BYTES);

        server.feed(ByteBuffer.wrap(ControlEncoder.frame(parameters)));
        server.feed(bytes("04"));
        server.feed(ByteBuffer.wrap(ControlEncoder.frame(clientResults)));
        client.feed(bytes("0d"));
        client.feed(ByteBuffer.wrap(ControlEncoder.frame(serverResults)));

        assertThat(all(server))
                .containsExactly(new Parameters(parameters), new State(TestState.TEST_END), new Results(clientResults));
        assertThat(all(client)).containsExactly(new State(TestState.EXCHANGE_RESULTS), new Results(serverResults));
    }

    @Test
    void resultsAreLimitedOnBothEnds() {
        server.feed(bytes("00000002 7b7d 04 00100001"));
        client.feed(bytes("0d 05000000"));

        assertThat(all(server)).endsWith(new OversizedFrame((1 << 20) + 1));
        assertThat(all(client)).endsWith(new OversizedFrame(5 << 24));
    }

    /// An end may be stopped, or fail, just when it should send its results.
    @Test
    void aStateInPlaceOfAFrameIsUnderstood() {
        client.feed(bytes("0d fe 00000075 00000000"));
        server.feed(bytes("0c"));

        assertThat(all(client)).containsExactly(new State(TestState.EXCHANGE_RESULTS), new ServerError(117, 0));
        assertThat(all(server)).containsExactly(new State(TestState.CLIENT_TERMINATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "000000", "00000002", "00000002 7b"})
    void anEndWithinAFrameIsTold(String hex) {
        server.feed(bytes(hex));
        server.end();

        assertThat(all(server)).containsExactly(new TruncatedFrame());
    }

    @Test
    void anEndBetweenMessagesIsNoMessage() {
        server.end();
        client.feed(bytes("09"));
        client.end();
        client.feed(bytes("0a"));
        client.end();

        assertThat(all(server)).isEmpty();
        assertThat(all(client)).containsExactly(new State(TestState.PARAM_EXCHANGE));
    }

    @Test
    void aPeerHasOneSay() {
        var decoder = ControlDecoder.forServer();

        decoder.feed(bytes("00000002 7b7d 04 00000002 7b7d 04 10"));

        assertThat(all(decoder))
                .containsExactly(
                        new ControlMessage.Parameters("{}"),
                        new State(TestState.TEST_END),
                        new ControlMessage.Results("{}"),
                        new State(TestState.TEST_END),
                        new State(TestState.IPERF_DONE));
    }

    @Test
    void anAnnouncedLengthAloneCostsNothing() {
        var waiting = new ArrayList<ControlDecoder>();

        for (int i = 0; i < 10_000; i++) { // announces 80 GB in total
            var decoder = ControlDecoder.forClient();
            decoder.feed(bytes("0d 00800000 7b"));
            waiting.add(decoder);
        }

        assertThat(waiting).allSatisfy(decoder -> {
            assertThat(decoder.next()).isEqualTo(new State(TestState.EXCHANGE_RESULTS));
            assertThat(decoder.next()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyBytesAreTheSameMessagesHoweverTheyAreCut(boolean forClient) {
        var random = new Random(20);
        for (int run = 0; run < 5_000; run++) {
            byte[] noise = new byte[random.nextInt(60)];
            for (int i = 0; i < noise.length; i++) { // small values make lengths and states likely
                noise[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(-2, 20) : random.nextInt(3));
            }
            ControlDecoder atOnce = forClient ? ControlDecoder.forClient() : ControlDecoder.forServer();
            ControlDecoder inPieces = forClient ? ControlDecoder.forClient() : ControlDecoder.forServer();

            atOnce.feed(ByteBuffer.wrap(noise));
            atOnce.end();
            for (byte value : noise) {
                inPieces.feed(ByteBuffer.wrap(new byte[] {value}));
            }
            inPieces.end();

            assertThat(all(inPieces)).isEqualTo(all(atOnce));
        }
    }

    static List<ControlMessage> all(ControlDecoder decoder) {
        var messages = new ArrayList<ControlMessage>();
        for (ControlMessage message = decoder.next(); message != null; message = decoder.next()) {
            messages.add(message);
        }
        return messages;
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
