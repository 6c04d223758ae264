package io.flotilla.internal.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What is logged under a name, at a level that may be lower than the tests' usual one. */
final class LogLines implements AutoCloseable {
    private final Logger logger;
    private final @Nullable Level usual;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    private LogLines(Logger logger, Level level) {
        this.logger = logger;
        this.usual = logger.getLevel();
        logger.setLevel(level);
        appender.start();
        logger.addAppender(appender);
    }

    static LogLines of(String name, Level level) {
        return new LogLines((Logger) LoggerFactory.getLogger(name), level);
    }

    List<String> lines() {
        return List.copyOf(appender.list).stream()
                .map(each -> each.getLevel() + " " + each.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(usual);
    }
}
