package io.flotilla.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Collects what is logged during one test at WARN or above. Tests run one at a time, so one watch is on at a time. */
final class LogWatch extends AppenderBase<ILoggingEvent> {
    private static final List<Pattern> allowed = new CopyOnWriteArrayList<>();

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    /** Lets lines pass until the end of the current test, if there are any. */
    static void allow(String regex) {
        allowed.add(Pattern.compile(regex));
    }

    static LogWatch on() {
        allowed.clear();
        LogWatch watch = new LogWatch();
        watch.start();
        root().addAppender(watch);
        return watch;
    }

    void off() {
        root().detachAppender(this);
        stop();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    }

    boolean saw(Pattern pattern) {
        return events.stream()
                .anyMatch(each -> pattern.matcher(each.getFormattedMessage()).find());
    }

    /** Lines of level WARN from Flotilla, or of level ERROR from anybody, that none of the patterns matches. */
    List<String> unexpected(List<Pattern> expected) {
        return events.stream()
                .filter(LogWatch::matters)
                .filter(each -> !matches(each, expected) && !matches(each, allowed))
                .map(LogWatch::describe)
                .toList();
    }

    private static boolean matters(ILoggingEvent event) {
        return event.getLoggerName().startsWith("io.flotilla.")
                || (event.getLevel().isGreaterOrEqual(Level.ERROR) && !isMembershipNoise(event));
    }

    /**
     * Hazelcast calls an error what it tries again by itself, a migration or a query that meets a member just gone, and
     * that its own event thread meets a member that stops.
     */
    private static boolean isMembershipNoise(ILoggingEvent event) {
        String logger = event.getLoggerName();
        return logger.startsWith("com.hazelcast.internal.partition.")
                || logger.startsWith("com.hazelcast.internal.cluster.")
                || (logger.startsWith("com.hazelcast.") && saysNotActive(event.getThrowableProxy()));
    }

    private static boolean saysNotActive(@Nullable IThrowableProxy thrown) {
        return thrown != null
                && thrown.getMessage() != null
                && thrown.getMessage().endsWith(" is not active!");
    }

    private static boolean matches(ILoggingEvent event, List<Pattern> patterns) {
        return patterns.stream()
                .anyMatch(each -> each.matcher(event.getFormattedMessage()).find());
    }

    private static String describe(ILoggingEvent event) {
        String line = event.getLevel() + " " + event.getLoggerName() + " - " + event.getFormattedMessage();
        return event.getThrowableProxy() == null
                ? line
                : line + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
