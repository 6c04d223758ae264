package io.flotilla.health.internal.forwarded;

/** A header that does not follow its grammar, of which nothing is believed. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
