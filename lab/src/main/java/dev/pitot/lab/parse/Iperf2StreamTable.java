package dev.pitot.lab.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What iperf 2's lines before the figures say of its streams: which way each goes, and how many
/// totals are to come. Used by one thread.
final class Iperf2StreamTable {
    private static final Pattern LISTENING = Pattern.compile("Server listening on (TCP|UDP) port (\\d{1,5})");
    private static final Pattern CONNECTING = Pattern.compile("Client connecting to .*, (TCP|UDP) port (\\d{1,5})");
    private static final Pattern CONNECTED = Pattern.compile(
            "\\[ {0,3}(\\*?)(\\d{1,9})] local \\S+ port (\\d{1,5}) connected with \\S+ port \\d{1,5}(.*)");
    private static final int MAX_STREAMS = 4096;

    private final Map<Integer, Stream> streams = new HashMap<>();
    private @Nullable String listeningPort;
    private boolean isDatagrams;
    private boolean ended;
    private boolean sumIsOwed = true;

    /// @param sends whether this end sends, by the row without and with a star
    /// @param owed how many totals are to come
    private record Stream(boolean sends, boolean sendsStarred, int owed) {}

    /// Whether the line says that this program listens.
    boolean isListening(String line) {
        Matcher matcher = LISTENING.matcher(line);
        if (!matcher.find()) {
            return false;
        }
        isDatagrams = matcher.group(1).equals("UDP");
        listeningPort = matcher.group(2);
        return true;
    }

    /// Notes what a client begins with.
    boolean isConnecting(String line) {
        Matcher matcher = CONNECTING.matcher(line);
        if (matcher.find()) {
            isDatagrams = matcher.group(1).equals("UDP");
            return true;
        }
        return false;
    }

    /// Notes a stream; false if the line does not begin one.
    boolean isConnected(String line) {
        Matcher matcher = CONNECTED.matcher(line);
        if (line.length() > ReportLine.MAX_LINE_CHARACTERS || !matcher.find()) {
            return false;
        }
        if (ended || streams.size() >= MAX_STREAMS) {
            streams.clear();
            sumIsOwed = true;
        }
        boolean starred = !matcher.group(1).isEmpty();
        boolean accepted = matcher.group(3).equals(listeningPort);
        boolean reverse = matcher.group(4).contains("(reverse)");
        boolean duplex = matcher.group(4).contains("(full-duplex)");
        // A star in this line marks the half of --tradeoff and --dualtest that a server begins:
        // it sends, and is called reverse nevertheless.
        boolean sends = accepted == (reverse && !starred);
        boolean hasReport = isDatagrams && sends && !accepted;
        var stream = new Stream(sends, duplex ? !sends : sends, duplex || hasReport ? 2 : 1);
        streams.put(Integer.valueOf(matcher.group(2)), stream);
        ended = false;
        return true;
    }

    boolean isDatagrams() {
        return isDatagrams;
    }

    /// Whether this end sends what a row tells; null if that is not known.
    @Nullable Boolean sends(ReportLine row) {
        Integer number = row.stream();
        if (number == null) {
            boolean allSend = streams.values().stream().allMatch(s -> s.sends() && s.sendsStarred());
            boolean allReceive = streams.values().stream().noneMatch(s -> s.sends() || s.sendsStarred());
            return (streams.isEmpty() || allSend == allReceive) ? null : Boolean.valueOf(allSend);
        }
        Stream stream = streams.get(number);
        if (stream == null || row.label().startsWith("FD")) {
            return null;
        }
        return row.label().startsWith("*") ? stream.sendsStarred() : stream.sends();
    }

    /// Notes a total, or that one will not come.
    ///
    /// @param number the stream's; null for the sum
    /// @return whether the test is over now: every stream and, of several, their sum has its
    /// total
    boolean isLastTotal(@Nullable Integer number, boolean isSum) {
        if (number != null) {
            streams.computeIfPresent(
                    number, (_, s) -> new Stream(s.sends(), s.sendsStarred(), Math.max(0, s.owed() - 1)));
        }
        sumIsOwed &= !isSum;
        boolean all = streams.values().stream().allMatch(s -> s.owed() == 0);
        // With --sum-only no stream is named.
        boolean now = !ended && all && (streams.size() == 1 || !sumIsOwed);
        ended |= now;
        return now;
    }
}
