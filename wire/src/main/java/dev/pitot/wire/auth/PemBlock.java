package dev.pitot.wire.auth;

import java.util.ArrayList;
import java.util.List;

/// Block between a BEGIN line and its END line (RFC 7468; RFC 1421, 4.6 for headers).
///
/// @param label type of the block, such as `PUBLIC KEY`
/// @param headers headers such as `Proc-Type: 4,ENCRYPTED`, or empty
/// @param base64 content without white space
record PemBlock(String label, String headers, String base64) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// Returns all complete blocks of a text, in order.
    static List<PemBlock> all(String pem) {
        var blocks = new ArrayList<PemBlock>();
        int begin = pem.indexOf(BEGIN);
        while (begin >= 0) {
            int labelAt = begin + BEGIN.length();
            int labelEnd = pem.indexOf(DASHES, labelAt);
            int bodyAt = labelEnd + DASHES.length();
            int end = labelEnd < 0 ? -1 : pem.indexOf(END, bodyAt);
            if (end < 0) {
                break;
            }
            blocks.add(of(pem.substring(labelAt, labelEnd), pem.substring(bodyAt, end)));
            begin = pem.indexOf(BEGIN, end);
        }
        return blocks;
    }

    /// Headers, if there are any, end at the first empty line.
    private static PemBlock of(String label, String body) {
        String lines = body.replace("\r\n", "\n");
        int end = lines.indexOf(':') < 0 ? 0 : Math.max(0, lines.indexOf("\n\n"));
        return new PemBlock(label, lines.substring(0, end), lines.substring(end).replaceAll("\\s", ""));
    }

    /// True if the block is encrypted (openssl's older form of `RSA PRIVATE KEY`).
    boolean isEncrypted() {
        return headers.contains("ENCRYPTED");
    }

    /// Omits the content, which may be secret.
    @Override
    public String toString() {
        return "PemBlock[label=" + label + "]";
    }
}
