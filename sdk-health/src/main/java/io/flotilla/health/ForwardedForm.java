package io.flotilla.health;

/**
 * The way in which a balancer tells whose request it passes on.
 *
 * @since 0.1
 */
public enum ForwardedForm {
    /** The header {@code Forwarded} of RFC 7239. */
    FORWARDED,
    /** {@code X-Forwarded-For}, {@code X-Forwarded-Proto}, {@code X-Forwarded-Host} and {@code X-Forwarded-Port}. */
    X_FORWARDED
}
