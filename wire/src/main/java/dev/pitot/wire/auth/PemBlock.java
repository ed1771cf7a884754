package dev.pitot.wire.auth;

import java.util.ArrayList;
import java.util.List;

/// What stands between a BEGIN line and its END line (RFC 7468; RFC 1421, 4.6 for headers).
///
/// @param label what the lines say the block is, such as `PUBLIC KEY`
/// @param headers such as `Proc-Type: 4,ENCRYPTED`, or nothing
/// @param base64 without white space
record PemBlock(String label, String headers, String base64) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// All whole blocks of a text, in its order.
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

    /// Whether a password protects it (openssl's older form of `RSA PRIVATE KEY`).
    boolean isEncrypted() {
        return headers.contains("ENCRYPTED");
    }

    /// Without what it holds, which may be secret.
    @Override
    public String toString() {
        return "PemBlock[label=" + label + "]";
    }
}
