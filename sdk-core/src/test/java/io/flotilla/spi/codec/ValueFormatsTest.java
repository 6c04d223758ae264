package io.flotilla.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.UnreadableReason;
import io.flotilla.codec.ValueCodec;
import io.flotilla.testkit.ApplicationUnderTest;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValueFormatsTest {
    private static final CodecSettings DEFAULTS = CodecSettings.defaults("shop");

    private final ValueFormats formats = formats(ValueFormatsTest.class.getClassLoader());

    private static ValueFormats formats(@Nullable ClassLoader loader) {
        return ValueFormats.of(DEFAULTS, loader);
    }

    private Object round(Object value) throws Exception {
        return formats.decode(formats.encode(value));
    }

    private static void unreadable(
            ValueFormats formats, byte[] bytes, UnreadableReason reason, @Nullable String className, String message) {
        assertThatThrownBy(() -> formats.decode(bytes))
                .hasMessage(message)
                .isInstanceOfSatisfying(UnreadableException.class, why -> {
                    assertThat(why.reason()).isEqualTo(reason);
                    assertThat(why.className().orElse(null)).isEqualTo(className);
                });
    }

    private void unstorable(Object value, String message) {
        assertThatThrownBy(() -> formats.encode(value))
                .isInstanceOf(UnstorableException.class)
                .hasMessage(message);
    }

    @Test
    void roundTrip() throws Exception {
        Map<TimeUnit, String> units = new EnumMap<>(Map.of(TimeUnit.DAYS, "d"));

        assertThat(round("text")).isEqualTo("text");
        assertThat(round(new ArrayList<>(List.of(1, 2)))).isEqualTo(List.of(1, 2));
        assertThat(round(Set.of("a", "b"))).isEqualTo(Set.of("a", "b"));
        assertThat(round(units)).isEqualTo(units);
        assertThat(round(TimeUnit.DAYS)).isSameAs(TimeUnit.DAYS);
        assertThat(round(Locale.CANADA)).isEqualTo(Locale.CANADA);
        assertThat(round(new int[] {1, 2})).isEqualTo(new int[] {1, 2});
        assertThat(round(int.class)).isEqualTo(int.class);
    }

    @Test
    void sameValueGivesSameBytes() throws Exception {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));

        assertThat(formats.encode(map)).isEqualTo(formats.encode(map));
    }

    @Test
    void firstByteNamesTheFormat() throws Exception {
        assertThat(formats.encode(new ArrayList<>())[0]).isEqualTo((byte) 1);
        assertThat(formats.encode("x")[0]).isEqualTo((byte) 2);
    }

    /** Writes nothing and reads its own name. */
    private record Named(
            int format, boolean writesFields, @Nullable String name) implements ValueCodec, ValueCodec.Coder {
        @Override
        public Coder forApplication(ApplicationClasses classes) {
            return this;
        }

        @Override
        public void encode(Object value, OutputStream out) {}

        @Override
        @SuppressWarnings("NullAway") // what a careless codec may do
        public Object decode(byte[] bytes, int from) {
            return name;
        }
    }

    @Test
    void oneFormatIsWrittenAndAllThatAreNamedAreRead() throws Exception {
        ValueFormats own = ValueFormats.of(
                new CodecSettings("shop", new Named(64, true, "new"), List.of(new Named(65, false, "old")), List.of()),
                null);

        assertThat(own.encode(List.of())).isEqualTo(new byte[] {64});
        assertThat(own.encode("x")[0]).isEqualTo((byte) 2);
        assertThat(own.decode(new byte[] {64})).isEqualTo("new");
        assertThat(own.decode(new byte[] {65})).isEqualTo("old");
        assertThat(own.decode(formats.encode(List.of()))).isEqualTo(List.of());
    }

    @Test
    void whetherFieldsAreWrittenIsForTheCodecToSay() {
        assertThat(formats.writesFields()).isTrue();
        for (boolean each : new boolean[] {true, false}) {
            CodecSettings settings = new CodecSettings("shop", new Named(64, each, "a"), List.of(), List.of());
            assertThat(ValueFormats.of(settings, null).writesFields()).isEqualTo(each);
        }
    }

    @Test
    void nullOfACodecIsDamage() {
        CodecSettings settings = new CodecSettings("shop", new Named(64, true, null), List.of(), List.of());

        unreadable(
                ValueFormats.of(settings, null),
                new byte[] {64},
                UnreadableReason.CORRUPT,
                null,
                "its bytes are damaged, or the code of its class fails on them");
    }

    private static ApplicationUnderTest cart(Path directory, String fields) throws IOException {
        return ApplicationUnderTest.of(directory, "class Cart implements java.io.Serializable { " + fields + " }");
    }

    @Test
    void classesComeFromTheApplicationsLoader(@TempDir Path directory) throws Exception {
        try (ApplicationUnderTest application = cart(directory, "")) {
            Object cart = application.create("shop.Cart");
            ValueFormats ofApplication = formats(application.loader());
            Object read = ofApplication.decode(ofApplication.encode(cart));

            assertThat(read.getClass()).isSameAs(cart.getClass());
            assertThat(ofApplication.decode(ofApplication.encode(List.of(cart))))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasOnlyElementsOfType(cart.getClass());
        }
    }

    @Test
    void proxiesAreMadeByTheApplicationsLoader(@TempDir Path directory) throws Exception {
        try (ApplicationUnderTest application = cart(directory, "")) {
            ValueFormats ofApplication = formats(application.loader());
            Object proxy =
                    Proxy.newProxyInstance(application.loader(), new Class<?>[] {Comparable.class}, new Handler());
            Object read = ofApplication.decode(ofApplication.encode(proxy));

            assertThat(Proxy.isProxyClass(read.getClass())).isTrue();
            assertThat(read.getClass().getClassLoader()).isSameAs(application.loader());
            assertThat(Proxy.getInvocationHandler(read)).isInstanceOf(Handler.class);
        }
    }

    private static final class Handler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Object invoke(Object proxy, Method method, Object @Nullable [] args) {
            return 0;
        }
    }

    /** As for an application that shares the SDK with others and whose loader does not see it. */
    @Test
    void classesThatTheApplicationDoesNotSeeComeFromTheSdksLoader() throws Exception {
        ValueFormats ofPlatform = formats(ClassLoader.getPlatformClassLoader());

        assertThat(ofPlatform.decode(ofPlatform.encode(new ArrayList<>(List.of(UnreadableReason.CORRUPT)))))
                .isEqualTo(List.of(UnreadableReason.CORRUPT));
    }

    @Test
    void missingClassIsNamed(@TempDir Path directory) throws Exception {
        try (ApplicationUnderTest application = cart(directory, "")) {
            byte[] bytes = formats(application.loader()).encode(application.create("shop.Cart"));

            unreadable(
                    formats,
                    bytes,
                    UnreadableReason.MISSING_CLASS,
                    "shop.Cart",
                    "class shop.Cart is not in this application");
        }
    }

    @Test
    void changedClassIsNamed(@TempDir Path directory) throws Exception {
        String version = "private static final long serialVersionUID = ";
        try (ApplicationUnderTest before = cart(directory.resolve("1"), version + "1;");
                ApplicationUnderTest after = cart(directory.resolve("2"), version + "2;")) {
            byte[] bytes = formats(before.loader()).encode(before.create("shop.Cart"));

            unreadable(
                    formats(after.loader()),
                    bytes,
                    UnreadableReason.CHANGED_CLASS,
                    "shop.Cart",
                    "class shop.Cart has changed incompatibly");
        }
    }

    @Test
    void unknownFormatIsRefused() {
        unreadable(
                formats,
                new byte[] {99, 0},
                UnreadableReason.UNKNOWN_FORMAT,
                null,
                "it was written in format 99, which this node does not know; name its codec in shop.alsoReads");
    }

    @Test
    void damageIsTold() throws Exception {
        String message = "its bytes are damaged, or the code of its class fails on them";
        byte[] cut = Arrays.copyOf(formats.encode(List.of("tea")), 6);

        unreadable(formats, new byte[0], UnreadableReason.CORRUPT, null, message);
        unreadable(formats, new byte[] {2, 'i', 0}, UnreadableReason.CORRUPT, null, message);
        unreadable(formats, cut, UnreadableReason.CORRUPT, null, message);
    }

    @Test
    void valueThatIsNotSerializableIsNamedWhereverItHides() {
        unstorable(
                new ArrayList<>(List.of(Map.of("socket", new NotStorable()))),
                "class " + NotStorable.class.getName()
                        + " is not serializable; implement java.io.Serializable, or make the"
                        + " field that holds it transient");
    }

    private static final class NotStorable {}

    /** Fails as a collection does that another thread changes. */
    private static final class Busy implements Serializable {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger failures = new AtomicInteger();

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            if (failures.getAndDecrement() > 0) {
                throw new ConcurrentModificationException();
            }
        }
    }

    @Test
    void valueModifiedMeanwhileIsTriedAgain() throws Exception {
        Busy.failures.set(49);
        assertThat(round(new Busy())).isInstanceOf(Busy.class);

        Busy.failures.set(50);
        unstorable(new Busy(), "it is modified all the time");
        Busy.failures.set(50);
        assertThat(formats.tryEncode(new Busy())).isNull();
    }

    private static final class Refusing implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("secret value");
        }
    }

    @Test
    void failureOfTheValuesOwnCodeDoesNotLeakIntoTheMessage() {
        assertThatThrownBy(() -> formats.encode(new Refusing()))
                .isInstanceOf(UnstorableException.class)
                .hasMessage("the serialization of class " + Refusing.class.getName() + " failed")
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
