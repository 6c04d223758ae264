package io.flotilla.internal.security;

import java.util.Locale;

/** Why a connection between members came to nothing. */
enum Refusal {
    SECRET("it does not know this cluster's secret, or is of a cluster of another name", true),
    BY_PEER("it refused this member: their secrets differ, or the names of their clusters do", true),
    CERTIFICATE("its certificate is not trusted here", true),
    CERTIFICATE_BY_PEER("it does not trust this member's certificate", true),
    TLS("the TLS handshake failed; it may be a member without security, or no member at all", true),
    PROTOCOL("it speaks another protocol", true),
    TIMEOUT("it did not prove itself in time", true),
    CROWDED_OUT("too many connections that have not proven themselves", true),
    /** Connected and went away: load balancers and port scans do that all day. */
    CLOSED("it closed the connection", false);

    private final String sentence;
    private final boolean worthALine;

    Refusal(String sentence, boolean worthALine) {
        this.sentence = sentence;
        this.worthALine = worthALine;
    }

    String sentence() {
        return sentence;
    }

    /** Whether an operator should read of it, as opposed to finding it in a metric. */
    boolean worthALine() {
        return worthALine;
    }

    /** The value of the metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
