package io.flotilla.sessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterDataException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import javax.tools.ToolProvider;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttributeCodecTest {
    private final AttributeCodec codec = TestCodecs.of(AttributeCodecTest.class.getClassLoader());

    private Object round(Object value) {
        return codec.decode("a", codec.encode("a", value));
    }

    @Test
    void roundTrip() {
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
    void sameValueGivesSameBytes() {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));

        assertThat(codec.encode("a", map)).isEqualTo(codec.encode("a", map));
    }

    @Test
    void firstByteNamesTheFormat() {
        assertThat(codec.encode("a", new ArrayList<>())[0]).isEqualTo((byte) 1);
        assertThat(codec.encode("a", "x")[0]).isEqualTo((byte) 2);
    }

    @Test
    void classesComeFromTheApplicationsLoader(@TempDir Path dir) throws Exception {
        try (URLClassLoader application = application(dir, "cart.Cart", "")) {
            Object cart = instance(application, "cart.Cart");
            AttributeCodec ofApplication = TestCodecs.of(application);
            Object read = ofApplication.decode("cart", ofApplication.encode("cart", cart));

            assertThat(read.getClass()).isSameAs(cart.getClass());
            assertThat(ofApplication.decode("carts", ofApplication.encode("carts", List.of(cart))))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasOnlyElementsOfType(cart.getClass());
        }
    }

    @Test
    void proxiesAreMadeByTheApplicationsLoader(@TempDir Path dir) throws Exception {
        try (URLClassLoader application = application(dir, "cart.Cart", "")) {
            AttributeCodec ofApplication = TestCodecs.of(application);
            Object proxy = Proxy.newProxyInstance(application, new Class<?>[] {Comparable.class}, new Handler());
            Object read = ofApplication.decode("proxy", ofApplication.encode("proxy", proxy));

            assertThat(Proxy.isProxyClass(read.getClass())).isTrue();
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

    @Test
    void missingClassIsNamed(@TempDir Path dir) throws Exception {
        try (URLClassLoader application = application(dir, "cart.Cart", "")) {
            byte[] bytes = TestCodecs.of(application).encode("cart", instance(application, "cart.Cart"));

            assertThatThrownBy(() -> codec.decode("cart", bytes))
                    .isInstanceOf(ClusterDataException.class)
                    .hasMessage("session attribute 'cart' cannot be read: class cart.Cart is not in this application")
                    .hasCauseInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void changedClassIsAnUnreadableAttribute(@TempDir Path dir) throws Exception {
        try (URLClassLoader before = application(dir.resolve("1"), "cart.Cart", "long serialVersionUID = 1;");
                URLClassLoader after = application(dir.resolve("2"), "cart.Cart", "long serialVersionUID = 2;")) {
            byte[] bytes = TestCodecs.of(before).encode("cart", instance(before, "cart.Cart"));

            assertThatThrownBy(() -> TestCodecs.of(after).decode("cart", bytes))
                    .isInstanceOf(ClusterDataException.class)
                    .hasMessage("session attribute 'cart' cannot be read: class cart.Cart has changed incompatibly");
        }
    }

    @Test
    void unknownFormatIsRefused() {
        assertThatThrownBy(() -> codec.decode("cart", new byte[] {99, 0}))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage(
                        "session attribute 'cart' cannot be read: it was written in format 99, which this node does not"
                                + " know; name its codec in sessions.alsoReads");
        assertThatThrownBy(() -> codec.decode("cart", new byte[0])).isInstanceOf(ClusterDataException.class);
        byte[] cut = Arrays.copyOf(codec.encode("cart", List.of("tea")), 6);
        assertThatThrownBy(() -> codec.decode("cart", cut)).isInstanceOf(ClusterDataException.class);
    }

    @Test
    void valueThatIsNotSerializableIsNamedWhereverItHides() {
        assertThatThrownBy(() -> codec.encode("cart", new ArrayList<>(List.of(Map.of("socket", new NotStorable())))))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage("session attribute 'cart' cannot be stored: class " + NotStorable.class.getName()
                        + " is not serializable; implement java.io.Serializable, or make the field that holds it"
                        + " transient");
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
    void valueModifiedMeanwhileIsTriedAgain() {
        Busy.failures.set(49);
        assertThat(round(new Busy())).isInstanceOf(Busy.class);

        Busy.failures.set(50);
        assertThatThrownBy(() -> codec.encode("cart", new Busy()))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage("session attribute 'cart' cannot be stored: it is modified all the time");
        Busy.failures.set(50);
        assertThat(codec.tryEncode("cart", new Busy())).isNull();
    }

    private static final class Refusing implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("secret value");
        }
    }

    @Test
    void failureOfTheValuesOwnCodeDoesNotLeakIntoTheMessage() {
        assertThatThrownBy(() -> codec.encode("cart", new Refusing()))
                .isInstanceOf(ClusterDataException.class)
                .hasMessage("session attribute 'cart' cannot be stored: the serialization of class "
                        + Refusing.class.getName() + " failed")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    /** A web application with one serializable class of its own. */
    private static URLClassLoader application(Path dir, String name, String field) throws IOException {
        Files.createDirectories(dir);
        int dot = name.lastIndexOf('.');
        Path source = dir.resolve(name.substring(dot + 1) + ".java");
        String modifiers = field.isEmpty() ? "" : "private static final ";
        Files.writeString(
                source,
                "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                        + " implements java.io.Serializable { " + modifiers + field + " }",
                StandardCharsets.UTF_8);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", dir.toString(), source.toString());
        assertThat(failed).isZero();
        return new URLClassLoader(new URL[] {dir.toUri().toURL()}, AttributeCodecTest.class.getClassLoader());
    }

    private static Object instance(ClassLoader loader, String name) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(name, true, loader).getConstructor();
        return constructor.newInstance();
    }
}
