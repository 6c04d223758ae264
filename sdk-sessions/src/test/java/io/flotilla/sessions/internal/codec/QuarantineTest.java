package io.flotilla.sessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flotilla.ClusterDataException;
import io.flotilla.codec.UnreadableReason;
import io.flotilla.sessions.UnreadableAttribute;
import io.flotilla.sessions.UnreadablePolicy;
import io.flotilla.spi.Seldom;
import io.flotilla.spi.codec.CodecSettings;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class QuarantineTest {
    private static final String CART = QuarantineTest.class.getName() + "$Cart";
    private static final String GONE = QuarantineTest.class.getName() + "$Gone";

    private final Logger logger = (Logger) LoggerFactory.getLogger(Quarantine.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final List<UnreadableReason> counted = new ArrayList<>();
    private final List<UnreadableAttribute> told = new ArrayList<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private AttributeCodec codec(UnreadablePolicy policy) {
        CodecSettings defaults = TestCodecs.DEFAULTS;
        CodecSettings settings = new CodecSettings(defaults.module(), defaults.codec(), List.of(), List.of(CART, GONE));
        Quarantine quarantine = new Quarantine(policy, counted::add, new Seldom(Duration.ofMinutes(1), nanos::get));
        return new AttributeCodec(settings, getClass().getClassLoader(), quarantine);
    }

    private static byte[] encoded(Object value) {
        return TestCodecs.of(QuarantineTest.class.getClassLoader()).encode("cart", value);
    }

    private static final class Cart implements Serializable {
        private static final long serialVersionUID = 0x1122334455667788L;
        private String content = "a value";

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (content.startsWith("b")) {
                throw new IllegalStateException("does not like it");
            }
        }
    }

    private static final class Stranger implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** A cart in which some bytes are others, as after a change of its class. */
    private static byte[] cart(String what, String other) {
        String bytes = new String(encoded(new Cart()), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(what);
        return bytes.replace(what, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyReasonIsToldAndCounted() {
        AttributeCodec codec = codec(told::add);

        assertThat(codec.read("cart", cart("Test$Cart", "Test$Gone"))).isNull();
        assertThat(codec.read("cart", cart("\u0011\"3DUfw\u0088", "\u0012\"3DUfw\u0088")))
                .isNull();
        assertThat(codec.read("cart", encoded(new Stranger()))).isNull();
        assertThat(codec.read("cart", Arrays.copyOf(encoded(new Cart()), 20))).isNull();
        assertThat(codec.read("cart", cart("a value", "b value"))).isNull();
        assertThat(codec.read("cart", new byte[0])).isNull();
        assertThat(codec.read("cart", new byte[] {100, 1})).isNull();

        assertThat(told).extracting(UnreadableAttribute::name).containsOnly("cart");
        assertThat(told)
                .extracting(UnreadableAttribute::reason)
                .containsExactly(
                        UnreadableReason.MISSING_CLASS,
                        UnreadableReason.CHANGED_CLASS,
                        UnreadableReason.REFUSED,
                        UnreadableReason.CORRUPT,
                        UnreadableReason.CORRUPT,
                        UnreadableReason.CORRUPT,
                        UnreadableReason.UNKNOWN_FORMAT)
                .isEqualTo(counted);
        assertThat(told.subList(0, 4))
                .extracting(UnreadableAttribute::className)
                .containsExactly(
                        Optional.of(GONE), Optional.of(CART), Optional.of(Stranger.class.getName()), Optional.empty());
        assertThat(codec.read("cart", encoded(new Cart()))).isInstanceOf(Cart.class);
    }

    @Test
    void oneLineAMinuteNamesAttributeAndClassButNoValue() {
        AttributeCodec codec = codec(UnreadablePolicy.leaveOut());
        byte[] missing = cart("Test$Cart", "Test$Gone");

        for (int i = 0; i < 5; i++) {
            assertThat(codec.read("cart", missing)).isNull();
        }
        nanos.set(Duration.ofMinutes(1).toNanos());
        assertThat(codec.read("cart", missing)).isNull();

        String line = "session attribute 'cart' cannot be read: class " + GONE
                + " is not in this application. Its bytes stay as they are; %d more since the last such line";
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(String.format(line, 0), String.format(line, 4));
        assertThat(counted).hasSize(6);
    }

    @Test
    void strictPolicyThrows() {
        AttributeCodec codec = codec(UnreadablePolicy.fail());

        assertThatThrownBy(() -> codec.read("cart", cart("Test$Cart", "Test$Gone")))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage("session attribute 'cart' cannot be read: class " + GONE + " is not in this application");
        assertThat(counted).containsExactly(UnreadableReason.MISSING_CLASS);
    }

    @Test
    void policyOfTheApplicationMayThrowWhatItLikes() {
        AttributeCodec codec = codec(attribute -> {
            throw new IllegalStateException("please log in again: " + attribute.reason());
        });

        assertThatThrownBy(() -> codec.read("user", new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("please log in again: CORRUPT");
    }
}
