package io.flotilla.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.codec.ClassRefusedException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.SignedObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Java serialization refuses to read, and what it must not refuse. */
final class SerializationFilterTest {
    private static final HexFormat HEX = HexFormat.of();

    private final ValueFormats codec = codec();

    private static ValueFormats codec(String... allowed) {
        CodecSettings defaults = CodecSettings.defaults("shop");
        return ValueFormats.of(
                new CodecSettings(defaults.module(), defaults.codec(), List.of(), List.of(allowed)),
                SerializationFilterTest.class.getClassLoader());
    }

    private static void refused(ValueFormats codec, byte[] bytes, String className) {
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("class " + className + " is refused; shop.allowClasses says which are not")
                .hasCauseInstanceOf(ClassRefusedException.class);
    }

    private static SignedObject signed(Serializable value) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        return new SignedObject(value, keys.getPrivate(), Signature.getInstance("SHA256withECDSA"));
    }

    /** Its {@code getObject} would read what it holds without any filter. */
    @Test
    void knownGadgetIsRefusedWhereverItHides() throws Exception {
        List<?> value = new ArrayList<>(List.of(Map.of("a", signed("x"))));
        byte[] inside = codec("java.security.SignedObject").encode(value);

        refused(codec, inside, SignedObject.class.getName());
        refused(codec("**"), inside, SignedObject.class.getName());
    }

    @Test
    void gadgetThatTheApplicationNamesIsRead() throws Exception {
        ValueFormats naming = codec("java.security.SignedObject");

        assertThat(naming.decode(naming.encode(signed("x")))).isInstanceOf(SignedObject.class);
    }

    private static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;
        private static boolean read;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            read = true;
        }
    }

    @Test
    void onlyAllowedClassesAreRead() throws Exception {
        byte[] bytes = codec.encode(new Cart[] {new Cart()});
        Cart.read = false;

        refused(codec("com.shop.**"), bytes, "[L" + Cart.class.getName() + ";");
        assertThat(Cart.read).as("its code ran").isFalse();
        assertThat(codec(getClass().getName()).decode(bytes)).isInstanceOf(Cart[].class);
        assertThat(codec("com.shop.**").decode(codec.encode(Map.of(1, URI.create("a")))))
                .isEqualTo(Map.of(1, URI.create("a")));
    }

    @Test
    void whatWouldNotBeReadIsNotWritten() {
        Object proxy =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Hidden.class}, new Handler());

        notStored(codec("com.shop.**"), List.of(new Cart()), Cart.class.getName());
        notStored(codec(Handler.class.getName()), proxy, Hidden.class.getName());
    }

    private static void notStored(ValueFormats codec, Object value, String className) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOf(UnstorableException.class)
                .hasMessage("class " + className + " is refused; shop.allowClasses says which are not");
    }

    private static final class Handler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Object invoke(Object proxy, Method method, Object @Nullable [] args) {
            return "handled";
        }
    }

    interface Hidden {
        String name();
    }

    @Test
    void proxiesAreJudgedByTheirInterfaces() throws Exception {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Hidden.class, Comparable.class}, new Handler());
        byte[] bytes = codec.encode(proxy);

        refused(codec(Handler.class.getName()), bytes, Hidden.class.getName());
        ValueFormats allowing = codec(Handler.class.getName(), Hidden.class.getName());
        assertThat(allowing.decode(bytes))
                .isInstanceOfSatisfying(
                        Hidden.class, read -> assertThat(read.name()).isEqualTo("handled"));
    }

    /** A proxy with an interface that is not public can only be made by that interface's loader. */
    @Test
    void proxyOfALibraryIsReadInAnApplication() throws Exception {
        Object proxy =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Hidden.class}, new Handler());
        byte[] bytes = codec.encode(proxy);

        try (URLClassLoader application =
                new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            assertThat(ValueFormats.of(CodecSettings.defaults("shop"), application)
                            .decode(bytes))
                    .isInstanceOf(Hidden.class);
        }
    }

    private static Object nested(int depth) {
        Object value = "core";
        for (int i = 1; i < depth; i++) {
            value = new Object[] {value};
        }
        return value;
    }

    @Test
    void depthIsBounded() throws Exception {
        onLargeStack(() -> {
            assertThat(codec.decode(codec.encode(nested(1900)))).isInstanceOf(Object[].class);
            byte[] tooDeep = codec.encode(nested(2100));
            assertThatThrownBy(() -> codec.decode(tooDeep)).isInstanceOf(UnreadableException.class);
            return null;
        });
    }

    @Test
    void whatOverflowsTheStackIsAnErrorOfTheValueOnly() {
        assertThatThrownBy(() -> codec.encode(nested(1_000_000)))
                .isInstanceOf(UnstorableException.class)
                .hasMessage("it is nested too deeply");
    }

    private static void onLargeStack(Callable<@Nullable Void> test) throws Exception {
        FutureTask<@Nullable Void> task = new FutureTask<>(test);
        Thread thread = new Thread(null, task, "large-stack", 64 << 20);
        thread.start();
        task.get(1, TimeUnit.MINUTES);
        thread.join();
    }

    @Test
    void arrayThatTheBytesCannotFillIsRefused() throws Exception {
        // an int[] that claims 2^31 - 1 elements: read as such, it takes 8 GiB
        byte[] bytes = codec.encode(new int[0]);
        bytes[bytes.length - 4] = 0x7f;
        bytes[bytes.length - 3] = (byte) 0xff;
        bytes[bytes.length - 2] = (byte) 0xff;
        bytes[bytes.length - 1] = (byte) 0xff;

        refused(codec, bytes, "[I");
    }

    @Test
    void collectionsLargerThanTheirContentAreRead() throws Exception {
        Map<Integer, Integer> sparse = new HashMap<>(16, 0.01f);
        List<Object> nulls = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            sparse.put(i, i);
            nulls.add(new Object[] {null, null});
        }
        ArrayDeque<Integer> large = new ArrayDeque<>(1_000_000);
        large.add(1);

        assertThat(codec.decode(codec.encode(sparse))).isEqualTo(sparse);
        assertThat(codec.decode(codec.encode(new HashMap<>(1 << 20)))).isEqualTo(Map.of());
        assertThat(codec.decode(codec.encode(new Object[100_000]))).isInstanceOf(Object[].class);
        assertThat(codec.decode(codec.encode(large))).isInstanceOf(ArrayDeque.class);
        assertThat(codec.decode(codec.encode(nulls.toArray()))).isInstanceOf(Object[].class);
    }

    /** In a JVM of its own, since that filter can be set only once. */
    @Test
    void filterOfTheJvmHoldsToo() throws Exception {
        byte[] bytes = codec.encode(new Cart());
        Process jvm = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djdk.serialFilter=!" + getClass().getName() + "$*",
                        InFilteredJvm.class.getName(),
                        HEX.formatHex(bytes))
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said).contains("class " + Cart.class.getName() + " is refused");
        assertThat(jvm.waitFor()).isEqualTo(3);
        assertThat(ObjectInputFilter.Config.getSerialFilter()).as("of this JVM").isNull();
    }

    static final class InFilteredJvm {
        private InFilteredJvm() {}

        public static void main(String[] args) {
            try {
                codec().decode(HEX.parseHex(args[0]));
            } catch (UnreadableException refused) {
                System.out.println(refused.getMessage());
                System.exit(3);
            }
        }
    }
}
