package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test during which Flotilla warns of something. */
final class QuietLog extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        warnings.clear();
        start();
        ours().addAppender(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ours().detachAppender(this);
        assertThat(warnings).as("warnings in the log").isEmpty();
    }

    private static Logger ours() {
        return (Logger) LoggerFactory.getLogger("io.flotilla");
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            warnings.add(event.getFormattedMessage());
        }
    }
}
